"""The views: the ledger in plain names and decimal amounts, for Datasette and spreadsheets."""

from __future__ import annotations

VIEWS = """
CREATE VIEW all_entries AS
SELECT
    e.number,
    e.act,
    e.plan,
    e.goal,
    e.target,
    e.day,
    iif(e.amount % 1000000 = 0, e.amount / 1000000, e.amount / 1000000.0) AS amount,
    iif(e.denominator % 1000000 = 0, e.denominator / 1000000, e.denominator / 1000000.0) AS denominator,
    json_extract(e.data, '$.steps') AS steps,
    json_extract(e.data, '$.breakdown') AS breakdown,
    e.note,
    e.who,
    e.recorded_at,
    CASE WHEN c.corrected_by IS NULL THEN 'counted' WHEN b.act = 'void' THEN 'void' ELSE 'corrected' END AS state,
    c.corrected_by,
    r.number AS corrects,
    e.reason,
    (SELECT count(*) FROM entries v WHERE v.place = e.place AND v.place <> v.number AND v.act = 'evidence') AS evidence,
    e.id,
    e.origin
FROM entries e
LEFT JOIN corrected c ON c.number = e.number
LEFT JOIN entries b ON b.number = c.corrected_by
LEFT JOIN entries r ON r.id = e.corrects
WHERE e.act IN ('log', 'done', 'fix', 'void');

CREATE VIEW standing_entries AS
SELECT number, act, plan, goal, target, day, amount, denominator, steps, breakdown, note, who, recorded_at, evidence
FROM all_entries
WHERE state = 'counted' AND act <> 'void';

CREATE VIEW totals_by_day AS
SELECT
    plan,
    goal,
    target,
    day,
    iif(total_rest = 0, total, total + total_rest / 1000000.0) AS total,
    iif(denominators_rest = 0, denominators, denominators + denominators_rest / 1000000.0) AS denominators,
    entries,
    newest_day,
    iif(newest_amount % 1000000 = 0, newest_amount / 1000000, newest_amount / 1000000.0) AS newest_amount,
    iif(newest_denominator % 1000000 = 0, newest_denominator / 1000000, newest_denominator / 1000000.0)
        AS newest_denominator
FROM sums;

CREATE VIEW totals AS
SELECT
    plan,
    goal,
    target,
    total,
    denominators,
    entries,
    day AS last_day,
    newest_day,
    newest_amount,
    newest_denominator
FROM totals_by_day t
WHERE day = (SELECT max(s.day) FROM sums s WHERE s.plan = t.plan AND s.goal = t.goal AND s.target = t.target);

CREATE VIEW breakdowns_by_day AS
SELECT
    plan,
    goal,
    target,
    key,
    value,
    day,
    iif(total_rest = 0, total, total + total_rest / 1000000.0) AS total,
    entries
FROM shares;

CREATE VIEW done_steps AS
SELECT plan, goal, step, day, number FROM steps;

CREATE VIEW marks AS
SELECT number, json_extract(data, '$.name') AS name, day, plan, who, recorded_at
FROM entries
WHERE act = 'mark' AND target IS NULL;

CREATE VIEW reasons AS
SELECT
    number,
    plan,
    goal,
    day,
    reason,
    json_extract(data, '$.measure') AS measure,
    json_extract(data, '$.until') AS until,
    who,
    recorded_at
FROM entries
WHERE act = 'reason' AND target IS NULL;

CREATE VIEW evidence AS
SELECT
    e.number,
    a.number AS entry,
    e.plan,
    e.goal,
    json_extract(e.data, '$.name') AS name,
    json_extract(e.data, '$.size') AS size_bytes,
    e.digest AS sha256,
    e.who,
    e.recorded_at
FROM entries e
JOIN entries a ON a.id = e.about
WHERE e.act = 'evidence' AND e.target IS NULL;

CREATE VIEW plan_versions AS
SELECT number, plan, digest AS sha256, json_extract(data, '$.text') AS text, who, recorded_at
FROM entries
WHERE act = 'plan' AND target IS NULL;
"""
