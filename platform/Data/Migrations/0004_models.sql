-- Every attempt to call a model, what a task asks of its models, and what it has spent so far.
SET LOCAL ROLE navi_owner;

ALTER TABLE navi.tasks
  ADD COLUMN mode text NOT NULL DEFAULT 'auto' CHECK (mode IN ('auto', 'fast', 'deep', 'private')),
  -- Sums over llm_metrics, written with each settled attempt. Attempts without a known price are counted, never taken for free.
  ADD COLUMN input_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN output_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN cost numeric(18, 8) NOT NULL DEFAULT 0,
  ADD COLUMN unpriced_calls integer NOT NULL DEFAULT 0;

ALTER TABLE navi.task_metrics
  ADD COLUMN cached_input_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN model_attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN failed_attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN unpriced_calls integer NOT NULL DEFAULT 0;

-- A row is written before an attempt and settled after it. No foreign key to tasks: what was paid stays on record when a task is deleted.
CREATE TABLE navi.llm_metrics (
  id uuid NOT NULL,
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL,
  task_id uuid,
  step integer,
  phase text NOT NULL CHECK (phase IN ('turn', 'compaction', 'repair', 'test')),
  provider text NOT NULL,
  model text NOT NULL,
  attempt integer NOT NULL CHECK (attempt > 0),
  -- After this moment an attempt that is still 'started' belongs to a process that died.
  deadline_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('started', 'ok', 'failed', 'cancelled', 'interrupted')),
  error_type text,
  routing jsonb NOT NULL,
  -- input_tokens includes the cached ones. Null: the provider told nothing.
  input_tokens bigint CHECK (input_tokens >= 0),
  cached_input_tokens bigint CHECK (cached_input_tokens >= 0),
  output_tokens bigint CHECK (output_tokens >= 0),
  -- US dollars; null when the tokens or their price are unknown.
  input_cost numeric(18, 8) CHECK (input_cost >= 0),
  output_cost numeric(18, 8) CHECK (output_cost >= 0),
  priced boolean NOT NULL,
  latency_ms bigint,
  ttft_ms bigint,
  settled_at timestamptz,
  PRIMARY KEY (id, created_at),
  CHECK (phase = 'test' OR task_id IS NOT NULL),
  CHECK ((status IN ('failed', 'cancelled', 'interrupted')) = (error_type IS NOT NULL)),
  CHECK ((status = 'started') = (settled_at IS NULL)),
  CHECK (cached_input_tokens IS NULL OR cached_input_tokens <= input_tokens)
) PARTITION BY RANGE (created_at);
CREATE INDEX llm_metrics_of_task ON navi.llm_metrics (task_id, step) WHERE task_id IS NOT NULL;
CREATE INDEX llm_metrics_of_organisation ON navi.llm_metrics (org_id, created_at);
CREATE INDEX llm_metrics_open ON navi.llm_metrics (deadline_at) WHERE status = 'started';

ALTER TABLE navi.llm_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.llm_metrics FORCE ROW LEVEL SECURITY;
CREATE POLICY of_organisation ON navi.llm_metrics TO navi_app USING (org_id = current_setting('navi.org', true)) WITH CHECK (org_id = current_setting('navi.org', true));
CREATE POLICY of_system ON navi.llm_metrics TO navi_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON navi.llm_metrics TO navi_app, navi_system;

-- The partitions of this month and the next ones. Nobody is granted a partition: rows are reached through the parent and its policies alone.
CREATE FUNCTION navi.ensure_llm_metrics_partitions(months integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first timestamptz;
  part text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(x'6e617669'::bigint << 32 | 4);
  FOR n IN 0..months LOOP
    first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n)) AT TIME ZONE 'UTC';
    part := 'llm_metrics_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
    CONTINUE WHEN to_regclass('navi.' || part) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE navi.%I PARTITION OF navi.llm_metrics FOR VALUES FROM (%L) TO (%L)', part, first, ((first AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
    EXCEPTION WHEN check_violation THEN
      -- The month began without its partition and its rows lie in the default one: it stays there.
      CONTINUE;
    END;
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', part);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION navi.ensure_llm_metrics_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION navi.ensure_llm_metrics_partitions(integer) TO navi_system;

-- For rows beyond the prepared months, should the upkeep have stood still so long.
CREATE TABLE navi.llm_metrics_rest PARTITION OF navi.llm_metrics DEFAULT;
ALTER TABLE navi.llm_metrics_rest ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.llm_metrics_rest FORCE ROW LEVEL SECURITY;
SELECT navi.ensure_llm_metrics_partitions(3);
