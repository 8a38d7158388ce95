-- What must hold of a record's file between any two transactions; each line that comes out is
-- something that does not. The same as invariants.c, but for limits, which the file knows nothing of.

SELECT 'pool ' || p.id AS row, 'counts something else than is held' AS what
FROM pools p
LEFT JOIN (SELECT service, begins, ends, sum(units - over) AS taken, sum(over) AS over
           FROM allotments GROUP BY service, begins, ends) a USING (service, begins, ends)
WHERE p.taken <> coalesce(a.taken, 0) OR p.over <> coalesce(a.over, 0)

UNION ALL
SELECT 'allotment ' || a.id, 'is of no pool'
FROM allotments a LEFT JOIN pools p USING (service, begins, ends)
WHERE p.id IS NULL

UNION ALL
SELECT 'allotment ' || a.id, 'is held by none or by two, or by one that does not stand'
FROM allotments a LEFT JOIN granted g ON g.id = a.granted LEFT JOIN waiting w ON w.id = a.waiting
WHERE a.units < a.over OR a.over < 0 OR (a.granted IS NULL) = (a.waiting IS NULL)
   OR (a.units > 0 AND g.state NOT IN ('granted', 'ended'))
   OR (a.units > 0 AND w.state <> 'offered')

UNION ALL
SELECT 'granted ' || g.id, 'its orders or deliveries sum up otherwise'
FROM granted g
LEFT JOIN (SELECT granted, sum(counts * coalesce(delivered, quantity)) AS ordered,
                  sum(delivered) AS delivered
           FROM orders GROUP BY granted) o ON o.granted = g.id
WHERE coalesce(g.ordered, 0) <> coalesce(o.ordered, 0) OR coalesce(g.ordered, 0) > g.quantity
   OR coalesce(g.delivered, 0) <> coalesce(o.delivered, 0)

UNION ALL
SELECT 'granted ' || g.id, 'holds more than was granted, or runs and does not hold all of it'
FROM granted g JOIN (SELECT granted, sum(units) AS held FROM allotments
                     WHERE granted IS NOT NULL AND place IS NOT 1 GROUP BY granted) a ON a.granted = g.id
WHERE a.held > g.quantity OR (g.state = 'granted' AND a.held <> g.quantity)

UNION ALL
SELECT 'allotment ' || a.id, 'holds less of its period than is used in it, or more once its grant ended'
FROM allotments a JOIN granted g ON g.id = a.granted
LEFT JOIN orders o ON o.granted = a.granted AND o.counts = 1 AND o.planned_on BETWEEN a.begins AND a.ends
WHERE a.place IS NOT 1
GROUP BY a.id
HAVING a.units < coalesce(sum(coalesce(o.delivered, o.quantity)), 0)
    OR (g.state = 'ended' AND a.units <> coalesce(sum(coalesce(o.delivered, o.quantity)), 0))

UNION ALL
SELECT 'granted ' || min(g.id), 'its person has two places in one period'
FROM allotments a JOIN granted g ON g.id = a.granted
WHERE a.place = 1 AND a.units > 0
GROUP BY g.person, a.service, a.begins, a.ends HAVING count(*) > 1

UNION ALL
SELECT 'order ' || o.id, 'counts and should not, or the other way round'
FROM orders o
WHERE CASE WHEN o.delivered IS NULL AND o.state IN ('refused', 'cancelled', 'not_done', 'settled')
           THEN o.counts = 1 AND coalesce(o.no_show, 0) = 0
           ELSE o.counts = 0 END
   OR o.delivered > o.quantity

UNION ALL
SELECT 'order ' || o.id, 'more deliveries than ordered'
FROM orders o JOIN deliveries d ON d.ordered = o.id
GROUP BY o.id HAVING sum(d.units) > o.quantity

UNION ALL
SELECT 'order ' || o.id, 'its charge is missing or one too many'
FROM orders o LEFT JOIN charges c ON c.ordered = o.id
GROUP BY o.id HAVING count(c.id) <> (o.state = 'settled' AND o.delivered IS NOT NULL)

UNION ALL
SELECT 'order ' || o.id, 'what it lends is not lent to it'
FROM orders o LEFT JOIN items i ON i.id = o.item
WHERE o.lent_until IS NOT NULL AND (i.ordered IS NOT o.id OR i.state IS NOT 'lent')

UNION ALL
SELECT 'item ' || i.id, 'is lent to nobody, or had by somebody'
FROM items i LEFT JOIN orders o ON o.id = i.ordered
WHERE (i.state = 'lent') <> (o.id IS NOT NULL)
   OR (i.state = 'lent' AND (o.item IS NOT i.id OR o.lent_until IS NULL))

UNION ALL
SELECT 'group ' || g.id, 'other people sit in it, or more than it has seats'
FROM groups g
LEFT JOIN (SELECT in_group, count(DISTINCT person) AS people FROM orders
           WHERE counts = 1 GROUP BY in_group) o ON o.in_group = g.id
WHERE g.taken <> coalesce(o.people, 0) OR g.taken > g.seats

UNION ALL
SELECT 'charge ' || c.id, 'its payments or corrections sum up otherwise, or its state is another'
FROM charges c
LEFT JOIN (SELECT charge, sum(amount) AS paid FROM payments GROUP BY charge) p ON p.charge = c.id
LEFT JOIN (SELECT charge, sum(amount) AS corrected FROM corrections GROUP BY charge) k
       ON k.charge = c.id
WHERE c.paid <> coalesce(p.paid, 0) OR c.corrected <> coalesce(k.corrected, 0)
   OR c.fee + c.corrected < 0
   OR (c.state = 'due' AND c.fee + c.corrected <= c.paid)
   OR (c.state = 'paid' AND c.fee + c.corrected > c.paid)
   OR (c.state IN ('exempt', 'cancelled') AND c.paid <> 0)

UNION ALL
SELECT 'waiting ' || w.id, 'holds something else than is offered'
FROM waiting w
LEFT JOIN (SELECT waiting, sum(units) AS held, max(place) AS place FROM allotments
           WHERE waiting IS NOT NULL GROUP BY waiting) a ON a.waiting = w.id
WHERE (coalesce(a.held, 0) NOT IN (0, w.quantity) AND NOT (a.place = 1 AND a.held = 1000))
   OR (w.state = 'offered' AND (w.offered_on IS NULL OR a.held = 0))
   OR (w.state <> 'offered' AND coalesce(a.held, 0) <> 0)

UNION ALL
SELECT 'waiting ' || min(w.id), 'somebody waits twice'
FROM waiting w WHERE w.state IN ('waiting', 'offered')
GROUP BY w.person, w.service HAVING count(*) > 1

UNION ALL
SELECT 'plan ' || min(p.id), 'two plans of one case are in force, or drawn up'
FROM plans p WHERE p.state IN ('draft', 'agreed', 'signed', 'approved', 'active', 'suspended')
GROUP BY p.application, p.state IN ('active', 'suspended') HAVING count(*) > 1;
