-- Workers keep instances between turns: a claim stands as long as its worker lives, so it is the worker's row that has the lease.
-- NULL: a worker of an earlier release, whose rows have leases of their own.
ALTER TABLE durable.workers ADD COLUMN lease_until timestamptz;

-- Rows of these tables live for moments. Vacuum comes by their number, whatever share of the table they are, and does not pause: dead rows slow every look for work.
ALTER TABLE durable.instances SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE durable.inbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE durable.activities SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- One more column: instances that have something to do and whose worker is about to do it. Together the four count whatever was accepted and is not waiting for a time, an event or another instance.
CREATE OR REPLACE VIEW durable.backlog AS
  SELECT d.waiting AS orchestrations_waiting, a.waiting AS activities_waiting, a.running AS activities_running, d.taken AS orchestrations_taken
  FROM (
    SELECT count(*) FILTER (WHERE worker_id IS NULL) AS waiting, count(*) FILTER (WHERE worker_id IS NOT NULL) AS taken
    FROM (
      SELECT DISTINCT i.instance_id, i.worker_id FROM durable.inbox m JOIN durable.instances i ON i.instance_id = m.instance_id AND i.incarnation = m.incarnation
      WHERE m.visible_at <= now() AND i.status IN (0, 6, 7) AND i.not_before <= now() AND (i.status <> 7 OR m.kind >= 8)
    ) due
  ) d, (
    SELECT count(*) FILTER (WHERE worker_id IS NULL) AS waiting, count(*) FILTER (WHERE worker_id IS NOT NULL) AS running FROM durable.activities
  ) a;
