-- How much work there is, and nothing of what it is about: for the gauges, and for a scaler, whose role reads this view and nothing else.
-- Roles belong to the whole cluster: two databases that are made at the same moment meet here, and one of them finds it made.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'navi_scaler') THEN
    CREATE ROLE navi_scaler NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$;

CREATE VIEW durable.backlog AS
  SELECT
    -- Instances that have something to do and are claimed by nobody.
    (SELECT count(DISTINCT i.instance_id) FROM durable.inbox m JOIN durable.instances i ON i.instance_id = m.instance_id AND i.incarnation = m.incarnation
      WHERE m.visible_at <= now() AND i.worker_id IS NULL AND i.status IN (0, 6, 7) AND i.not_before <= now() AND (i.status <> 7 OR m.kind >= 8)) AS orchestrations_waiting,
    count(*) FILTER (WHERE worker_id IS NULL) AS activities_waiting,
    count(*) FILTER (WHERE worker_id IS NOT NULL) AS activities_running
  FROM durable.activities;

GRANT USAGE ON SCHEMA durable TO navi_scaler;
GRANT SELECT ON durable.backlog TO navi_scaler;
