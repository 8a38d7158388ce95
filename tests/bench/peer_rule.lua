return { serve = function() end }
