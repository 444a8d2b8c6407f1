-- What NAVI records about itself: events that clients send, errors of every component, and roll-ups of what the work took.
SET LOCAL ROLE navi_owner;

-- Sent to POST /v1/telemetry. The client's own id of an event lies in telemetry_event_ids, because a partitioned table can't have it unique.
CREATE TABLE navi.telemetry_events (
  id uuid NOT NULL,
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  event_id uuid NOT NULL,
  -- When it happened by the client's clock; null: when it was sent.
  occurred_at timestamptz,
  event_type text NOT NULL CHECK (event_type IN ('command', 'page', 'action', 'performance', 'error')),
  category text NOT NULL,
  name text NOT NULL,
  data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
  session_id text,
  source text NOT NULL CHECK (source IN ('cli', 'console', 'sdk', 'other')),
  source_version text,
  duration_ms bigint CHECK (duration_ms >= 0),
  error_type text,
  error_message text,
  error_stack text,
  user_agent text,
  -- HMAC-SHA256 under a key of navi.telemetry_keys; the address itself is kept nowhere.
  ip_digest text CHECK (ip_digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (id, created_at),
  CHECK ((event_type = 'error') = (error_type IS NOT NULL)),
  CHECK ((error_type IS NULL) = (error_message IS NULL)),
  CHECK (error_stack IS NULL OR error_type IS NOT NULL)
) PARTITION BY RANGE (created_at);

CREATE TABLE navi.telemetry_event_ids (
  org_id text NOT NULL,
  user_id text NOT NULL,
  event_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, user_id, event_id)
);
CREATE INDEX telemetry_event_ids_by_age ON navi.telemetry_event_ids (created_at);

-- One row for each group of errors that have the same cause by their signature; occurrences are counted, the last ones kept as samples.
CREATE TABLE navi.error_events (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  -- Whose work met it last; 'system' where it was nobody's.
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  signature text NOT NULL CHECK (signature ~ '^[0-9a-f]{64}$'),
  error_type text NOT NULL,
  code text,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'critical')),
  message text NOT NULL,
  stack_digest text CHECK (stack_digest ~ '^[0-9a-f]{64}$'),
  stack text,
  component text NOT NULL,
  operation text NOT NULL,
  environment text NOT NULL CHECK (environment IN ('Local', 'Staging', 'Production')),
  version text NOT NULL,
  first_seen timestamptz NOT NULL,
  last_seen timestamptz NOT NULL,
  occurrences bigint NOT NULL CHECK (occurrences > 0),
  samples jsonb NOT NULL CHECK (jsonb_typeof(samples) = 'array'),
  resolved boolean NOT NULL DEFAULT false,
  resolved_at timestamptz,
  resolved_by text,
  -- A resolved group that came again, or that somebody opened again.
  reopened_at timestamptz,
  reopened_by text,
  reopenings integer NOT NULL DEFAULT 0,
  notes text,
  UNIQUE (org_id, signature),
  CHECK (last_seen >= first_seen),
  CHECK ((stack IS NULL) = (stack_digest IS NULL)),
  CHECK (resolved = (resolved_at IS NOT NULL)),
  CHECK (resolved = (resolved_by IS NOT NULL)),
  CHECK ((reopenings = 0) = (reopened_at IS NULL))
);
CREATE INDEX error_events_of_organisation ON navi.error_events (org_id, id DESC);

-- What calls, tasks and gates took, by window. Every figure is exact over the rows that ended in its window.
CREATE TABLE navi.performance_metrics (
  id uuid NOT NULL,
  org_id text NOT NULL,
  -- Always 'system': a window is nobody's.
  user_id text NOT NULL DEFAULT 'system',
  created_at timestamptz NOT NULL DEFAULT now(),
  metric_name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('duration', 'amount')),
  unit text NOT NULL CHECK (unit IN ('ms', 'tokens', 'usd', 'turns')),
  operation text NOT NULL,
  component text NOT NULL,
  "window" text NOT NULL CHECK ("window" IN ('5m', '1h', '1d')),
  window_start timestamptz NOT NULL,
  count bigint NOT NULL CHECK (count > 0),
  min double precision NOT NULL,
  max double precision NOT NULL,
  avg double precision NOT NULL,
  p50 double precision NOT NULL,
  p95 double precision NOT NULL,
  p99 double precision NOT NULL,
  PRIMARY KEY (id, window_start),
  UNIQUE (org_id, metric_name, component, operation, "window", window_start)
) PARTITION BY RANGE (window_start);

-- Until when each kind of window is rolled up.
CREATE TABLE navi.performance_progress (
  org_id text NOT NULL DEFAULT 'navi' CHECK (org_id = 'navi'),
  "window" text PRIMARY KEY CHECK ("window" IN ('5m', '1h', '1d')),
  done_until timestamptz NOT NULL
);

-- The roll-ups ask what ended in a window.
CREATE INDEX llm_metrics_by_end ON navi.llm_metrics (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX tool_calls_by_end ON navi.tool_calls (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX tasks_by_end ON navi.tasks (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX checkpoints_by_end ON navi.checkpoints (settled_at) WHERE settled_at IS NOT NULL;

-- The secret of each month under which addresses are digested, in an envelope. It goes with the events of its month, and with it the last way back.
CREATE TABLE navi.telemetry_keys (
  org_id text NOT NULL DEFAULT 'navi' CHECK (org_id = 'navi'),
  month text PRIMARY KEY CHECK (month ~ '^\d{4}-\d{2}$'),
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['telemetry_events', 'telemetry_event_ids', 'error_events', 'performance_metrics', 'performance_progress', 'telemetry_keys']
  LOOP
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_system ON navi.%I TO navi_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON navi.%I TO navi_system', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['telemetry_events', 'telemetry_event_ids', 'error_events', 'performance_metrics']
  LOOP
    EXECUTE format('CREATE POLICY of_organisation ON navi.%I TO navi_app USING (org_id = current_setting(''navi.org'', true)) WITH CHECK (org_id = current_setting(''navi.org'', true))', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON navi.telemetry_events, navi.telemetry_event_ids TO navi_app;
GRANT SELECT, UPDATE ON navi.error_events TO navi_app;
GRANT SELECT ON navi.performance_metrics TO navi_app;

-- The partitions of this month and the next ones, as navi.ensure_llm_metrics_partitions makes them for its table.
CREATE FUNCTION navi.ensure_telemetry_partitions(months integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent text;
  first timestamptz;
  part text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(x'6e617669'::bigint << 32 | 11);
  FOREACH parent IN ARRAY ARRAY['telemetry_events', 'performance_metrics'] LOOP
    -- The month before, too: a roll-up of yesterday belongs to it on the first day.
    FOR n IN -1..months LOOP
      first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n)) AT TIME ZONE 'UTC';
      part := parent || '_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
      CONTINUE WHEN to_regclass('navi.' || part) IS NOT NULL OR (n < 0 AND parent = 'telemetry_events');
      BEGIN
        EXECUTE format('CREATE TABLE navi.%I PARTITION OF navi.%I FOR VALUES FROM (%L) TO (%L)', part, parent, first, ((first AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
      EXCEPTION WHEN check_violation THEN
        -- The month began without its partition and its rows lie in the default one: it stays there.
        CONTINUE;
      END;
      EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', part);
      EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', part);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- Drops the months that ended before. A query that holds the table longer than the lock is waited for makes it fail; it is tried again.
CREATE FUNCTION navi.drop_telemetry_partitions(parent text, before timestamptz) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  part text;
  dropped integer := 0;
BEGIN
  IF parent NOT IN ('telemetry_events', 'performance_metrics') THEN
    RAISE EXCEPTION 'navi.% has no months to drop', parent;
  END IF;
  FOR part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ('navi.' || parent)::regclass AND c.relname ~ ('^' || parent || '_\d{4}_\d{2}$')
      AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' <= before
  LOOP
    EXECUTE format('DROP TABLE navi.%I', part);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION navi.ensure_telemetry_partitions(integer), navi.drop_telemetry_partitions(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION navi.ensure_telemetry_partitions(integer), navi.drop_telemetry_partitions(text, timestamptz) TO navi_system;

-- For rows beyond the prepared months, should the upkeep have stood still so long.
CREATE TABLE navi.telemetry_events_rest PARTITION OF navi.telemetry_events DEFAULT;
CREATE TABLE navi.performance_metrics_rest PARTITION OF navi.performance_metrics DEFAULT;
ALTER TABLE navi.telemetry_events_rest ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.telemetry_events_rest FORCE ROW LEVEL SECURITY;
ALTER TABLE navi.performance_metrics_rest ENABLE ROW LEVEL SECURITY;
ALTER TABLE navi.performance_metrics_rest FORCE ROW LEVEL SECURITY;
SELECT navi.ensure_telemetry_partitions(3);
