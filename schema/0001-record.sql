-- The record of one programme. One table a kind of row (core/ipus/kinds.def), a column a field; a
-- test holds the two together. Never change a numbered file that was released: add the next one.
--
-- Days are texts ("2024-03-01", "9999-12-31" where there is no end), instants UTC milliseconds,
-- money grosze, units thousandths, choices and states their names. BLOBs are sealed (core/vault)
-- with the key that sealed_by names, and cannot be read here.

-- Who made the record, with which key: programme, fingerprint; and the end of the journal's chain.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys, sealed by the server's; of a row of a kind, or of answers. An erased one is NULL.
CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row INTEGER NOT NULL,
    sealed BLOB
) STRICT;


CREATE TABLE households (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    since TEXT
) STRICT;

CREATE TABLE persons (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    given_name BLOB NOT NULL,
    family_name BLOB NOT NULL,
    pesel BLOB,
    document BLOB,
    birth_date BLOB,
    birth_year INTEGER,
    phone BLOB,
    email BLOB,
    address BLOB,
    sex TEXT CHECK (sex IN ('woman', 'man')),
    disability TEXT CHECK (disability IN ('none', 'light', 'moderate', 'severe', 'unknown')),
    assisted_before INTEGER CHECK (assisted_before IN (0, 1)),
    household INTEGER REFERENCES households (id),
    registered_on TEXT,
    facts INTEGER,
    state TEXT NOT NULL CHECK (state IN ('active', 'erased')),
    pesel_blind INTEGER,
    document_blind INTEGER
) STRICT;
CREATE INDEX persons_household ON persons (household) WHERE household IS NOT NULL;
CREATE INDEX persons_state ON persons (state);
CREATE UNIQUE INDEX persons_pesel ON persons (pesel_blind) WHERE pesel_blind IS NOT NULL;
CREATE UNIQUE INDEX persons_document ON persons (document_blind) WHERE document_blind IS NOT NULL;

CREATE TABLE relations (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    other INTEGER NOT NULL REFERENCES persons (id),
    role TEXT NOT NULL CHECK (role IN ('representative', 'carer')),
    basis BLOB,
    begins TEXT,
    ends TEXT
) STRICT;
CREATE INDEX relations_person ON relations (person);
CREATE INDEX relations_other ON relations (other);

CREATE TABLE assignments (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES persons (id),
    account INTEGER NOT NULL REFERENCES accounts (id),
    begins TEXT,
    ends TEXT
) STRICT;
CREATE INDEX assignments_person ON assignments (person);
CREATE INDEX assignments_account ON assignments (account);
CREATE INDEX assignments_ends ON assignments (ends) WHERE ends IS NOT NULL;

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    fact BLOB NOT NULL,
    value BLOB NOT NULL,
    declared_on TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    proof TEXT CHECK (proof IN ('statement', 'document_shown', 'own_record')),
    state TEXT NOT NULL CHECK (state IN ('standing', 'replaced', 'withdrawn'))
) STRICT;
CREATE INDEX statements_person ON statements (person);
CREATE INDEX statements_state ON statements (state);

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    about TEXT NOT NULL CHECK (about IN ('health', 'violence', 'mediation')),
    on_day TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX notes_person ON notes (person);

CREATE TABLE intakes (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    code TEXT,
    services TEXT,
    name BLOB NOT NULL,
    reach BLOB NOT NULL,
    content BLOB,
    received_on TEXT,
    application INTEGER REFERENCES applications (id),
    person INTEGER REFERENCES persons (id),
    state TEXT NOT NULL CHECK (state IN ('received', 'taken', 'rejected'))
) STRICT;
CREATE UNIQUE INDEX intakes_code ON intakes (code) WHERE code IS NOT NULL;
CREATE INDEX intakes_person ON intakes (person) WHERE person IS NOT NULL;
CREATE INDEX intakes_state ON intakes (state);

CREATE TABLE applications (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    applicant INTEGER REFERENCES persons (id),
    applicant_role TEXT NOT NULL CHECK (applicant_role IN ('self', 'representative', 'carer')),
    channel TEXT CHECK (channel IN ('office', 'phone', 'post', 'electronic', 'home', 'online')),
    services TEXT,
    need BLOB,
    received_on TEXT NOT NULL,
    complete_on TEXT,
    due_on TEXT,
    closed_on TEXT,
    coordinator INTEGER REFERENCES accounts (id),
    code TEXT,
    reason BLOB,
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'submitted', 'incomplete', 'in_assessment', 'qualified',
            'waiting_list', 'refused', 'withdrawn', 'closed'))
) STRICT;
CREATE INDEX applications_person ON applications (person);
CREATE INDEX applications_due_on ON applications (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX applications_coordinator ON applications (coordinator) WHERE coordinator IS NOT NULL;
CREATE UNIQUE INDEX applications_code ON applications (code) WHERE code IS NOT NULL;
CREATE INDEX applications_state ON applications (state);

CREATE TABLE referrals (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('information', 'referral')),
    on_day TEXT NOT NULL,
    passed_to TEXT,
    application INTEGER REFERENCES applications (id),
    consent INTEGER CHECK (consent IN (0, 1))
) STRICT;
CREATE INDEX referrals_application ON referrals (application) WHERE application IS NOT NULL;

CREATE TABLE diagnoses (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    application INTEGER NOT NULL REFERENCES applications (id),
    made_on TEXT NOT NULL,
    place TEXT CHECK (place IN ('office', 'home', 'elsewhere')),
    occupation BLOB,
    employment BLOB,
    marital_status BLOB,
    family_size INTEGER,
    disability BLOB,
    health BLOB,
    problems BLOB,
    needs BLOB NOT NULL,
    used BLOB,
    wished BLOB,
    readiness TEXT CHECK (readiness IN ('low', 'medium', 'high')),
    signed_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed'))
) STRICT;
CREATE INDEX diagnoses_person ON diagnoses (person);
CREATE INDEX diagnoses_application ON diagnoses (application);
CREATE INDEX diagnoses_state ON diagnoses (state);

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER REFERENCES persons (id),
    application INTEGER NOT NULL REFERENCES applications (id),
    service TEXT NOT NULL,
    on_day TEXT,
    order_facts BLOB,
    outcome TEXT CHECK (outcome IN ('no', 'yes')),
    overrides INTEGER CHECK (overrides IN (0, 1)),
    reason BLOB,
    price INTEGER,
    fee INTEGER,
    relief TEXT,
    rules TEXT,
    facts BLOB,
    trace BLOB
) STRICT;
CREATE INDEX decisions_person ON decisions (person);
CREATE INDEX decisions_application ON decisions (application);
CREATE INDEX decisions_service ON decisions (service);
CREATE INDEX decisions_outcome ON decisions (outcome) WHERE outcome IS NOT NULL;

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    number TEXT,
    edition INTEGER,
    amends INTEGER REFERENCES plans (id),
    person INTEGER REFERENCES persons (id),
    application INTEGER NOT NULL REFERENCES applications (id),
    diagnosis INTEGER NOT NULL REFERENCES diagnoses (id),
    coordinator INTEGER REFERENCES accounts (id),
    drawn_on TEXT,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    effects BLOB NOT NULL,
    contact_months INTEGER,
    contact_due TEXT,
    summary_due TEXT,
    agreed_on TEXT,
    signed_on TEXT,
    approved_on TEXT,
    approved_by INTEGER REFERENCES accounts (id),
    ended_on TEXT,
    reason BLOB,
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'agreed', 'signed', 'approved', 'active', 'amended',
            'suspended', 'finished', 'terminated'))
) STRICT;
CREATE INDEX plans_number ON plans (number) WHERE number IS NOT NULL;
CREATE INDEX plans_amends ON plans (amends) WHERE amends IS NOT NULL;
CREATE INDEX plans_person ON plans (person);
CREATE INDEX plans_application ON plans (application);
CREATE INDEX plans_coordinator ON plans (coordinator) WHERE coordinator IS NOT NULL;
CREATE INDEX plans_ends ON plans (ends);
CREATE INDEX plans_contact_due ON plans (contact_due) WHERE contact_due IS NOT NULL;
CREATE INDEX plans_summary_due ON plans (summary_due) WHERE summary_due IS NOT NULL;
CREATE INDEX plans_state ON plans (state);

CREATE TABLE granted (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER REFERENCES persons (id),
    decision INTEGER NOT NULL REFERENCES decisions (id),
    plan INTEGER REFERENCES plans (id),
    service TEXT,
    quantity INTEGER NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    schedule BLOB,
    scope BLOB,
    place BLOB,
    provider INTEGER REFERENCES providers (id),
    waiting INTEGER REFERENCES waiting (id),
    price INTEGER,
    ordered INTEGER,
    delivered INTEGER,
    granted_on TEXT,
    ended_on TEXT,
    reason BLOB,
    state TEXT NOT NULL CHECK (state IN ('planned', 'granted', 'ended', 'withdrawn'))
) STRICT;
CREATE INDEX granted_person ON granted (person);
CREATE INDEX granted_plan ON granted (plan) WHERE plan IS NOT NULL;
CREATE INDEX granted_service ON granted (service) WHERE service IS NOT NULL;
CREATE INDEX granted_provider ON granted (provider) WHERE provider IS NOT NULL;
CREATE INDEX granted_ends ON granted (ends);
CREATE INDEX granted_state ON granted (state);

CREATE TABLE allotments (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    granted INTEGER REFERENCES granted (id),
    waiting INTEGER REFERENCES waiting (id),
    service TEXT,
    begins TEXT,
    ends TEXT,
    units INTEGER,
    over INTEGER
) STRICT;
CREATE INDEX allotments_granted ON allotments (granted) WHERE granted IS NOT NULL;
CREATE INDEX allotments_waiting ON allotments (waiting) WHERE waiting IS NOT NULL;

CREATE TABLE cards (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    number TEXT,
    granted INTEGER NOT NULL REFERENCES granted (id),
    person INTEGER REFERENCES persons (id),
    provider INTEGER REFERENCES providers (id),
    issued_on TEXT,
    ends TEXT,
    state TEXT NOT NULL CHECK (state IN ('issued', 'cancelled'))
) STRICT;
CREATE INDEX cards_number ON cards (number) WHERE number IS NOT NULL;
CREATE INDEX cards_granted ON cards (granted);
CREATE INDEX cards_person ON cards (person);
CREATE INDEX cards_provider ON cards (provider) WHERE provider IS NOT NULL;
CREATE INDEX cards_state ON cards (state);

CREATE TABLE waiting (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER REFERENCES persons (id),
    application INTEGER REFERENCES applications (id),
    decision INTEGER NOT NULL REFERENCES decisions (id),
    service TEXT,
    quantity INTEGER NOT NULL,
    since TEXT,
    score INTEGER,
    passed INTEGER,
    passed_why BLOB,
    offered_on TEXT,
    offer_until TEXT,
    reason BLOB,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'offered', 'accepted', 'declined', 'expired', 'withdrawn'))
) STRICT;
CREATE INDEX waiting_person ON waiting (person);
CREATE INDEX waiting_application ON waiting (application) WHERE application IS NOT NULL;
CREATE INDEX waiting_service ON waiting (service) WHERE service IS NOT NULL;
CREATE INDEX waiting_offer_until ON waiting (offer_until) WHERE offer_until IS NOT NULL;
CREATE INDEX waiting_state ON waiting (state);

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    seats INTEGER NOT NULL,
    least INTEGER,
    taken INTEGER,
    begins TEXT NOT NULL,
    ends TEXT,
    place TEXT,
    provider INTEGER REFERENCES providers (id),
    state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'finished', 'cancelled'))
) STRICT;
CREATE INDEX groups_service ON groups (service);
CREATE INDEX groups_provider ON groups (provider) WHERE provider IS NOT NULL;
CREATE INDEX groups_state ON groups (state);

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    number TEXT,
    ordered INTEGER REFERENCES orders (id),
    state TEXT NOT NULL CHECK (state IN ('available', 'lent', 'repair', 'gone'))
) STRICT;
CREATE INDEX items_service ON items (service);
CREATE INDEX items_number ON items (number) WHERE number IS NOT NULL;
CREATE INDEX items_state ON items (state);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    granted INTEGER NOT NULL REFERENCES granted (id),
    person INTEGER REFERENCES persons (id),
    household INTEGER REFERENCES households (id),
    service TEXT,
    provider INTEGER REFERENCES providers (id),
    planned_on TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    in_group INTEGER REFERENCES groups (id),
    item INTEGER REFERENCES items (id),
    lent_until TEXT,
    extensions INTEGER,
    instructions BLOB,
    order_facts BLOB,
    answer_by TEXT,
    accepted_on TEXT,
    delivered INTEGER,
    done_on TEXT,
    confirmed_on TEXT,
    settled_on TEXT,
    counts INTEGER CHECK (counts IN (0, 1)),
    no_show INTEGER CHECK (no_show IN (0, 1)),
    over_limit INTEGER CHECK (over_limit IN (0, 1)),
    reason BLOB,
    state TEXT NOT NULL
        CHECK (state IN ('issued', 'accepted', 'refused', 'done', 'confirmed', 'not_done',
            'settled', 'cancelled'))
) STRICT;
CREATE INDEX orders_granted ON orders (granted);
-- With what a limit counts of somebody's orders, so that they are counted in the index alone.
CREATE INDEX orders_person ON orders (person, id, service, planned_on, counts, quantity);
CREATE INDEX orders_household ON orders (household) WHERE household IS NOT NULL;
CREATE INDEX orders_service ON orders (service) WHERE service IS NOT NULL;
CREATE INDEX orders_provider ON orders (provider) WHERE provider IS NOT NULL;
CREATE INDEX orders_in_group ON orders (in_group) WHERE in_group IS NOT NULL;
CREATE INDEX orders_item ON orders (item) WHERE item IS NOT NULL;
CREATE INDEX orders_lent_until ON orders (lent_until) WHERE lent_until IS NOT NULL;
CREATE INDEX orders_answer_by ON orders (answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX orders_state ON orders (state);
CREATE INDEX orders_done_on ON orders (done_on) WHERE done_on IS NOT NULL; -- for reports

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    ordered INTEGER NOT NULL REFERENCES orders (id),
    person INTEGER REFERENCES persons (id),
    provider INTEGER REFERENCES providers (id),
    on_day TEXT NOT NULL,
    units INTEGER NOT NULL,
    remarks BLOB,
    state TEXT NOT NULL CHECK (state IN ('reported', 'confirmed', 'disputed'))
) STRICT;
CREATE INDEX deliveries_ordered ON deliveries (ordered);
CREATE INDEX deliveries_person ON deliveries (person);
CREATE INDEX deliveries_provider ON deliveries (provider) WHERE provider IS NOT NULL;
CREATE INDEX deliveries_state ON deliveries (state);

CREATE TABLE charges (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    ordered INTEGER REFERENCES orders (id),
    person INTEGER REFERENCES persons (id),
    service TEXT,
    provider INTEGER REFERENCES providers (id),
    on_day TEXT,
    units INTEGER,
    price INTEGER,
    value INTEGER,
    before_relief INTEGER,
    relief TEXT,
    fee INTEGER,
    corrected INTEGER,
    paid INTEGER,
    rules TEXT,
    state TEXT NOT NULL CHECK (state IN ('due', 'paid', 'exempt', 'cancelled'))
) STRICT;
CREATE INDEX charges_ordered ON charges (ordered) WHERE ordered IS NOT NULL;
CREATE INDEX charges_person ON charges (person);
CREATE INDEX charges_service ON charges (service) WHERE service IS NOT NULL;
CREATE INDEX charges_provider ON charges (provider) WHERE provider IS NOT NULL;
CREATE INDEX charges_on_day ON charges (on_day) WHERE on_day IS NOT NULL;
CREATE INDEX charges_state ON charges (state);

CREATE TABLE payments (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    charge INTEGER NOT NULL REFERENCES charges (id),
    person INTEGER REFERENCES persons (id),
    on_day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    method TEXT CHECK (method IN ('cash', 'transfer', 'card')),
    reference BLOB
) STRICT;
CREATE INDEX payments_charge ON payments (charge);
CREATE INDEX payments_person ON payments (person);

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    charge INTEGER NOT NULL REFERENCES charges (id),
    person INTEGER REFERENCES persons (id),
    on_day TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reason BLOB NOT NULL
) STRICT;
CREATE INDEX corrections_charge ON corrections (charge);
CREATE INDEX corrections_person ON corrections (person);

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER REFERENCES persons (id),
    plan INTEGER NOT NULL REFERENCES plans (id),
    on_day TEXT NOT NULL,
    by_way TEXT NOT NULL
        CHECK (by_way IN ('phone', 'visit', 'office', 'family', 'provider', 'quality_check')),
    content BLOB NOT NULL
) STRICT;
CREATE INDEX contacts_person ON contacts (person);
CREATE INDEX contacts_plan ON contacts (plan);

CREATE TABLE surveys (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER NOT NULL REFERENCES persons (id),
    service TEXT,
    on_day TEXT NOT NULL,
    score INTEGER NOT NULL,
    remarks BLOB
) STRICT;
CREATE INDEX surveys_person ON surveys (person);
CREATE INDEX surveys_service ON surveys (service) WHERE service IS NOT NULL;

CREATE TABLE closings (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    person INTEGER REFERENCES persons (id),
    plan INTEGER NOT NULL REFERENCES plans (id),
    on_day TEXT NOT NULL,
    course BLOB NOT NULL,
    results BLOB NOT NULL
) STRICT;
CREATE INDEX closings_person ON closings (person);
CREATE INDEX closings_plan ON closings (plan);

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    about TEXT NOT NULL CHECK (about IN ('meeting', 'summary')),
    on_day TEXT NOT NULL,
    conclusions BLOB
) STRICT;
CREATE INDEX meetings_about ON meetings (about);

CREATE TABLE providers (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    nip TEXT,
    address TEXT,
    leader BLOB,
    leader_phone BLOB,
    leader_email BLOB,
    since TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'inactive'))
) STRICT;
CREATE INDEX providers_type ON providers (type);
CREATE INDEX providers_state ON providers (state);

CREATE TABLE offers (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    provider INTEGER NOT NULL REFERENCES providers (id),
    service TEXT NOT NULL,
    capacity INTEGER,
    per TEXT CHECK (per IN ('day', 'week', 'month', 'quarter', 'year')),
    hours TEXT,
    begins TEXT NOT NULL,
    ends TEXT
) STRICT;
CREATE INDEX offers_provider ON offers (provider);
CREATE INDEX offers_service ON offers (service);

CREATE TABLE agreements (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    provider INTEGER NOT NULL REFERENCES providers (id),
    mode TEXT NOT NULL
        CHECK (mode IN ('commune_office', 'commune_unit', 'public_benefit', 'procurement',
            'medical')),
    number TEXT,
    programme TEXT NOT NULL,
    made_on TEXT NOT NULL,
    made_in TEXT NOT NULL,
    parties BLOB NOT NULL,
    goal TEXT NOT NULL,
    subject TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    liability TEXT NOT NULL,
    scope TEXT NOT NULL,
    management TEXT NOT NULL,
    finance TEXT NOT NULL,
    amount INTEGER,
    services TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'ended'))
) STRICT;
CREATE INDEX agreements_provider ON agreements (provider);
CREATE INDEX agreements_ends ON agreements (ends);
CREATE INDEX agreements_state ON agreements (state);

CREATE TABLE volunteers (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    name BLOB NOT NULL,
    about TEXT NOT NULL CHECK (about IN ('volunteer', 'neighbour')),
    begins TEXT NOT NULL,
    ends TEXT
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed_by INTEGER REFERENCES keys (id),
    login TEXT NOT NULL,
    name BLOB NOT NULL,
    role TEXT NOT NULL
        CHECK (role IN ('kipus', 'ous', 'director', 'provider', 'editor', 'iod', 'admin')),
    provider INTEGER REFERENCES providers (id),
    password TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'disabled'))
) STRICT;
CREATE UNIQUE INDEX accounts_login ON accounts (login);
CREATE INDEX accounts_provider ON accounts (provider) WHERE provider IS NOT NULL;
CREATE INDEX accounts_state ON accounts (state);

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    account INTEGER REFERENCES accounts (id),
    about TEXT CHECK (about IN ('session', 'program', 'first')),
    name TEXT,
    scopes TEXT,
    digest TEXT,
    expires_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('standing', 'revoked'))
) STRICT;
CREATE INDEX tokens_account ON tokens (account) WHERE account IS NOT NULL;
CREATE INDEX tokens_state ON tokens (state);

-- People by the beginnings of their names, each a keyed digest.
CREATE TABLE names (
    token INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES persons (id),
    PRIMARY KEY (token, person)
) STRICT, WITHOUT ROWID;

-- What is taken of each pool, and what was granted beyond it (`over`, which is not in `taken`).
CREATE TABLE pools (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    begins TEXT NOT NULL,
    ends TEXT NOT NULL,
    taken INTEGER NOT NULL CHECK (taken >= 0),
    over INTEGER NOT NULL CHECK (over >= 0),
    UNIQUE (service, begins, ends)
) STRICT;

-- Running numbers: plans of a year, and the like.
CREATE TABLE series (
    name TEXT NOT NULL,
    of INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (name, of)
) STRICT, WITHOUT ROWID;

-- Every change, and every reading of what is known of a person (looked_at says what was read). The
-- digest is of the row as it then stood, the chain of this entry and the one before.
CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    account INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row INTEGER NOT NULL,
    version INTEGER NOT NULL,
    step TEXT,
    overridden INTEGER NOT NULL CHECK (overridden IN (0, 1)),
    looked_at TEXT,
    person INTEGER,
    digest BLOB,
    chain BLOB NOT NULL
) STRICT;

-- Answers remembered for clients that ask again; `asker` is a keyed digest of account and key.
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    asker INTEGER NOT NULL,
    request INTEGER NOT NULL,
    status INTEGER NOT NULL,
    sealed_by INTEGER NOT NULL REFERENCES keys (id),
    answer BLOB NOT NULL
) STRICT;

-- What anybody may follow: what is taken of pools, and new rules.
CREATE TABLE changes (
    cursor INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('availability', 'rules')),
    service TEXT,
    begins TEXT,
    ends TEXT,
    taken INTEGER,
    version TEXT
) STRICT;
