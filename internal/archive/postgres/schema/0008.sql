-- Ties that are in doubt, in the order in which they are asked about.
CREATE INDEX tie_doubted ON tie (likelihood, later, earlier) WHERE likelihood < 7000 AND relation <> 'same-claim';
