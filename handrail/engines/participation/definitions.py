"""The measures, each defined once: plain SQL in DuckDB's dialect, without functions that only one engine knows.

Tables: `acts` and `people` as `log.Log` describes them. `compute.analytics` runs the text on DuckDB as it stands and on
Spark through sqlglot. `kernel.py` computes COUNTS faster on one machine and must agree with it; `reference.py` is the
slow twin of all. Kinds: 0 post, 1 reply, 2 reaction, 3 mention.
"""

TIES = """
ties AS (
  SELECT source, target, COUNT(*) AS acts
  FROM acts
  WHERE source IS NOT NULL AND target IS NOT NULL
  GROUP BY source, target
),
pairs AS (
  SELECT LEAST(source, target) AS one, GREATEST(source, target) AS other, COUNT(*) AS directions
  FROM ties
  GROUP BY LEAST(source, target), GREATEST(source, target)
)"""

# The acts of a log that lies in files, one a month (`stored`: month, id, moment and the rest), as COUNTS wants them.
# `voices`: under which person the acts of each number count. `row` orders as time does, month by month, so that no
# engine has to sort all of it at once; acts without a time (month “unknown”) come last.
STORED = """
WITH placed AS (
  SELECT
    CASE WHEN a.month = 'unknown' THEN 99999
      ELSE CAST(SUBSTR(a.month, 1, 4) AS INT) * 12 + CAST(SUBSTR(a.month, 6, 2) AS INT) END AS place,
    a.id AS id, a.moment AS moment, s.person AS source, t.person AS target,
    a.kind AS kind, a.thread AS thread, a.outside AS outside
  FROM stored a
  LEFT JOIN voices s ON s.number = a.source
  LEFT JOIN voices t ON t.number = a.target
)
SELECT CAST(place AS BIGINT) * 1099511627776 + ROW_NUMBER() OVER (PARTITION BY place ORDER BY moment, id) AS row,
  moment, CAST(FLOOR((moment + 259200000000) / 604800000000) AS INT) AS week,
  source, target, kind, thread, outside
FROM placed
WHERE (source IS NULL OR target IS NULL OR source <> target)
"""

# One row a person, whole numbers only (but for the two rhythm columns, in µs): what everything else is made of.
COUNTS = f"""
WITH {TIES},
given AS (
  SELECT source AS person,
    SUM(CASE WHEN kind = 0 THEN 1 ELSE 0 END) AS posts,
    SUM(CASE WHEN kind = 1 THEN 1 ELSE 0 END) AS replies_given,
    SUM(CASE WHEN kind = 2 THEN 1 ELSE 0 END) AS reactions_given,
    SUM(CASE WHEN kind = 3 THEN 1 ELSE 0 END) AS mentions_given,
    SUM(CASE WHEN outside THEN 1 ELSE 0 END) AS acts_outside,
    SUM(CASE WHEN NOT outside THEN 1 ELSE 0 END) AS acts_inside,
    COUNT(DISTINCT week) AS active_weeks
  FROM acts WHERE source IS NOT NULL GROUP BY source
),
received AS (
  SELECT target AS person,
    SUM(CASE WHEN kind = 1 THEN 1 ELSE 0 END) AS replies_received,
    SUM(CASE WHEN kind = 2 THEN 1 ELSE 0 END) AS reactions_received,
    SUM(CASE WHEN kind = 3 THEN 1 ELSE 0 END) AS mentions_received
  FROM acts WHERE target IS NOT NULL GROUP BY target
),
out_ties AS (
  SELECT t.source AS person, COUNT(*) AS reached,
    SUM(CASE WHEN s.unit IS NOT NULL AND r.unit IS NOT NULL THEN 1 ELSE 0 END) AS placed_ties,
    SUM(CASE WHEN s.unit <> r.unit THEN 1 ELSE 0 END) AS cross_ties
  FROM ties t JOIN people s ON s.person = t.source JOIN people r ON r.person = t.target
  GROUP BY t.source
),
in_ties AS (SELECT target AS person, COUNT(*) AS heard_from FROM ties GROUP BY target),
mutual AS (
  SELECT person, COUNT(*) AS two_way
  FROM (
    SELECT one AS person FROM pairs WHERE directions = 2
    UNION ALL
    SELECT other AS person FROM pairs WHERE directions = 2
  ) AS ends
  GROUP BY person
),
openings AS (
  SELECT thread, MIN(row) AS row
  FROM acts WHERE kind = 0 AND thread IS NOT NULL AND source IS NOT NULL GROUP BY thread
),
started AS (
  SELECT a.thread AS thread, a.source AS person, a.moment AS moment, a.row AS row
  FROM acts a JOIN openings o ON o.row = a.row
),
answers AS (
  SELECT s.thread AS thread, s.person AS person,
    MIN(CASE WHEN a.row > s.row THEN a.moment - s.moment END) AS wait
  FROM started s JOIN acts a ON a.thread = s.thread
  WHERE a.kind = 1 AND a.source IS NOT NULL AND a.source <> s.person
  GROUP BY s.thread, s.person
),
starters AS (SELECT person, COUNT(*) AS threads_started FROM started GROUP BY person),
answered AS (
  SELECT person, COUNT(*) AS threads_answered, MEDIAN(CAST(wait AS DOUBLE)) AS first_reply
  FROM answers GROUP BY person
),
gaps AS (
  SELECT source AS person, CAST(moment - LAG(moment) OVER (PARTITION BY source ORDER BY row) AS DOUBLE) AS gap
  FROM acts WHERE source IS NOT NULL AND moment IS NOT NULL AND kind <= 1
),
rhythm AS (
  SELECT person, COUNT(gap) AS gaps, AVG(gap) AS gap_mean, STDDEV_POP(gap) AS gap_deviation
  FROM gaps GROUP BY person
)
SELECT p.person AS person, p.unit AS unit,
  COALESCE(g.posts, 0) AS posts,
  COALESCE(g.replies_given, 0) AS replies_given,
  COALESCE(r.replies_received, 0) AS replies_received,
  COALESCE(g.reactions_given, 0) AS reactions_given,
  COALESCE(r.reactions_received, 0) AS reactions_received,
  COALESCE(g.mentions_given, 0) AS mentions_given,
  COALESCE(r.mentions_received, 0) AS mentions_received,
  COALESCE(o.reached, 0) AS reached,
  COALESCE(i.heard_from, 0) AS heard_from,
  COALESCE(m.two_way, 0) AS two_way,
  COALESCE(o.placed_ties, 0) AS placed_ties,
  COALESCE(o.cross_ties, 0) AS cross_ties,
  COALESCE(s.threads_started, 0) AS threads_started,
  COALESCE(w.threads_answered, 0) AS threads_answered,
  COALESCE(g.active_weeks, 0) AS active_weeks,
  COALESCE(g.acts_outside, 0) AS acts_outside,
  COALESCE(g.acts_inside, 0) AS acts_inside,
  w.first_reply AS first_reply,
  CASE WHEN h.gaps >= 2 THEN h.gap_mean END AS gap_mean,
  CASE WHEN h.gaps >= 2 THEN h.gap_deviation END AS gap_deviation
FROM people p
LEFT JOIN given g ON g.person = p.person
LEFT JOIN received r ON r.person = p.person
LEFT JOIN out_ties o ON o.person = p.person
LEFT JOIN in_ties i ON i.person = p.person
LEFT JOIN mutual m ON m.person = p.person
LEFT JOIN starters s ON s.person = p.person
LEFT JOIN answered w ON w.person = p.person
LEFT JOIN rhythm h ON h.person = p.person
ORDER BY p.person
"""  # noqa: S608 (constant text)

# Shares from COUNTS (`counts`), empty where there is nothing to divide by.
SHARES = """
SELECT *,
  CAST(two_way AS DOUBLE) / NULLIF(reached + heard_from - two_way, 0) AS two_way_share,
  CAST(2 * two_way AS DOUBLE) / NULLIF(reached + heard_from, 0) AS reciprocity,
  CAST(cross_ties AS DOUBLE) / NULLIF(placed_ties, 0) AS cross_unit_share,
  CAST(threads_answered AS DOUBLE) / NULLIF(threads_started, 0) AS threads_answered_share,
  CAST(acts_outside AS DOUBLE) / NULLIF(acts_outside + acts_inside, 0) AS outside_share,
  posts + replies_given + reactions_given AS contribution,
  replies_received + reactions_received AS receipt,
  first_reply / 3600000000 AS first_reply_hours,
  (gap_deviation - gap_mean) / NULLIF(gap_deviation + gap_mean, 0) AS burstiness
FROM counts
ORDER BY person
"""

# The whole network, from COUNTS: edge reciprocity is the share of directed ties that are returned (Newman 2010, 7.10);
# two-way pairs is the share of connected pairs that are mutual. They are not the same number.
NETWORK = """
SELECT COUNT(*) AS people,
  SUM(CASE WHEN posts + replies_given + reactions_given + mentions_given > 0 THEN 1 ELSE 0 END) AS active_people,
  SUM(posts) AS posts, SUM(replies_given) AS replies, SUM(reactions_given) AS reactions,
  SUM(mentions_given) AS mentions,
  SUM(reached) AS ties,
  CAST(SUM(reached) - SUM(two_way) / 2 AS BIGINT) AS connected_pairs,
  CAST(SUM(two_way) / 2 AS BIGINT) AS two_way_pairs,
  CAST(SUM(two_way) AS DOUBLE) / NULLIF(SUM(reached), 0) AS reciprocity,
  CAST(SUM(two_way) AS DOUBLE) / NULLIF(2 * SUM(reached) - SUM(two_way), 0) AS two_way_share,
  CAST(SUM(cross_ties) AS DOUBLE) / NULLIF(SUM(placed_ties), 0) AS cross_unit_share,
  CAST(SUM(threads_answered) AS DOUBLE) / NULLIF(SUM(threads_started), 0) AS threads_answered_share
FROM counts
"""

# The same counts a person and week: for how things moved. Ties are counted within the week.
WEEKS = """
WITH sides AS (
  SELECT source AS person, week, kind, target AS other, 1 AS gives
  FROM acts WHERE source IS NOT NULL AND week IS NOT NULL
  UNION ALL
  SELECT target AS person, week, kind, source AS other, 0 AS gives
  FROM acts WHERE target IS NOT NULL AND week IS NOT NULL
)
SELECT person, week,
  SUM(CASE WHEN gives = 1 AND kind = 0 THEN 1 ELSE 0 END) AS posts,
  SUM(CASE WHEN gives = 1 AND kind = 1 THEN 1 ELSE 0 END) AS replies_given,
  SUM(CASE WHEN gives = 0 AND kind = 1 THEN 1 ELSE 0 END) AS replies_received,
  SUM(CASE WHEN gives = 1 AND kind = 2 THEN 1 ELSE 0 END) AS reactions_given,
  SUM(CASE WHEN gives = 0 AND kind = 2 THEN 1 ELSE 0 END) AS reactions_received,
  COUNT(DISTINCT CASE WHEN gives = 1 THEN other END) AS reached,
  COUNT(DISTINCT CASE WHEN gives = 0 THEN other END) AS heard_from
FROM sides
GROUP BY person, week
ORDER BY person, week
"""

# One row a unit. Publish only through the disclosure gate: this is arithmetic, not a release.
UNITS = f"""
WITH {TIES},
inner_ties AS (
  SELECT s.unit AS unit, COUNT(*) AS ties,
    SUM(CASE WHEN r.unit IS NOT NULL THEN 1 ELSE 0 END) AS placed_ties,
    SUM(CASE WHEN s.unit <> r.unit THEN 1 ELSE 0 END) AS cross_ties,
    SUM(CASE WHEN p.directions = 2 THEN 1 ELSE 0 END) AS returned_ties
  FROM ties t
  JOIN people s ON s.person = t.source
  JOIN people r ON r.person = t.target
  JOIN pairs p ON p.one = LEAST(t.source, t.target) AND p.other = GREATEST(t.source, t.target)
  WHERE s.unit IS NOT NULL
  GROUP BY s.unit
),
given AS (
  SELECT p.unit AS unit,
    COUNT(DISTINCT a.source) AS active_people,
    SUM(CASE WHEN a.kind = 0 THEN 1 ELSE 0 END) AS posts,
    SUM(CASE WHEN a.kind = 1 THEN 1 ELSE 0 END) AS replies_given,
    SUM(CASE WHEN a.kind = 2 THEN 1 ELSE 0 END) AS reactions_given,
    COUNT(DISTINCT a.week) AS active_weeks
  FROM acts a JOIN people p ON p.person = a.source
  WHERE p.unit IS NOT NULL
  GROUP BY p.unit
),
received AS (
  SELECT p.unit AS unit,
    SUM(CASE WHEN a.kind = 1 THEN 1 ELSE 0 END) AS replies_received,
    SUM(CASE WHEN a.kind = 2 THEN 1 ELSE 0 END) AS reactions_received
  FROM acts a JOIN people p ON p.person = a.target
  WHERE p.unit IS NOT NULL
  GROUP BY p.unit
),
sizes AS (SELECT unit, COUNT(*) AS people FROM people WHERE unit IS NOT NULL GROUP BY unit)
SELECT z.unit AS unit, z.people AS people,
  COALESCE(g.active_people, 0) AS active_people,
  COALESCE(g.posts, 0) AS posts,
  COALESCE(g.replies_given, 0) AS replies_given,
  COALESCE(r.replies_received, 0) AS replies_received,
  COALESCE(g.reactions_given, 0) AS reactions_given,
  COALESCE(r.reactions_received, 0) AS reactions_received,
  COALESCE(g.active_weeks, 0) AS active_weeks,
  COALESCE(t.ties, 0) AS ties,
  CAST(t.returned_ties AS DOUBLE) / NULLIF(t.ties, 0) AS reciprocity,
  CAST(t.cross_ties AS DOUBLE) / NULLIF(t.placed_ties, 0) AS cross_unit_share
FROM sizes z
LEFT JOIN given g ON g.unit = z.unit
LEFT JOIN received r ON r.unit = z.unit
LEFT JOIN inner_ties t ON t.unit = z.unit
ORDER BY z.unit
"""  # noqa: S608 (constant text)

# Community health by calendar month number (years * 12 + months, prepared as `months`: person, month): people who did
# something in the month over people who did something in the twelve months that end with it. Reading is not counted.
HEALTH = """
WITH spans AS (SELECT DISTINCT month FROM months),
year_active AS (
  SELECT s.month AS month, COUNT(DISTINCT m.person) AS active_in_year
  FROM spans s JOIN months m ON m.month <= s.month AND m.month > s.month - 12
  GROUP BY s.month
),
month_active AS (SELECT month, COUNT(DISTINCT person) AS active_in_month FROM months GROUP BY month)
SELECT y.month AS month, a.active_in_month AS active_in_month, y.active_in_year AS active_in_year,
  CAST(a.active_in_month AS DOUBLE) / y.active_in_year AS share
FROM year_active y JOIN month_active a ON a.month = y.month
ORDER BY y.month
"""
