-- The installation's counts, summed up over all processes that ever were, and the present state of each process. They belong to no organisation, so navi_app gets neither grant nor policy.
SET LOCAL ROLE navi_owner;

CREATE TABLE navi.metric_totals (
  metric text NOT NULL,
  -- Label names and bucket bounds under which was counted: a build that changes them begins anew beside the old rows.
  shape text NOT NULL,
  -- Values of the labels, a JSON array in the order of the catalogue.
  labels text NOT NULL,
  org_id text NOT NULL DEFAULT 'navi' CHECK (org_id = 'navi'),
  -- Sum of a counter, or of a histogram's values.
  value double precision NOT NULL,
  -- Values per bucket, not cumulated, the last one without a bound; empty for counters.
  counts bigint[] NOT NULL,
  PRIMARY KEY (metric, shape, labels)
);

CREATE TABLE navi.metric_instances (
  instance text PRIMARY KEY,
  org_id text NOT NULL DEFAULT 'navi' CHECK (org_id = 'navi'),
  -- Number of the last addition to the totals: one that is sent again after an unknown outcome is not added again.
  sequence bigint NOT NULL,
  gauges jsonb NOT NULL,
  seen_at timestamptz NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['metric_totals', 'metric_instances'] LOOP
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_system ON navi.%I TO navi_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON navi.%I TO navi_system', t);
  END LOOP;
END $$;
