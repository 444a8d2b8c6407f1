-- The core tables. Every row belongs to an organisation; row-level security is forced, so that even the owner sees nothing without a policy.
CREATE SCHEMA navi AUTHORIZATION navi_owner;
GRANT USAGE ON SCHEMA navi TO navi_app, navi_system;
SET LOCAL ROLE navi_owner;

CREATE FUNCTION navi.milliseconds(span interval) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN (extract(epoch FROM span) * 1000)::bigint;
GRANT EXECUTE ON FUNCTION navi.milliseconds(interval) TO navi_app, navi_system;

CREATE TABLE navi.tasks (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  repository text NOT NULL,
  prompt text NOT NULL CHECK (prompt <> ''),
  provider text NOT NULL,
  environment text NOT NULL CHECK (environment IN ('Local', 'Staging', 'Production')),
  -- The requester's approval of every gate, given in advance; only the Local environment accepts it.
  pre_approved boolean NOT NULL DEFAULT false CHECK (NOT pre_approved OR environment = 'Local'),
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'waiting', 'finished')),
  stop_reason text CHECK (stop_reason IN ('completed', 'completed_unverified', 'verification_failed', 'iteration_limit', 'time_limit',
    'budget_exhausted', 'rejected', 'expired', 'refused', 'cancelled', 'failed', 'loop_detected')),
  max_turns integer NOT NULL CHECK (max_turns > 0),
  deadline_at timestamptz NOT NULL,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  started_at timestamptz,
  finished_at timestamptz,
  base_commit text,
  head_commit text,
  left_out jsonb NOT NULL DEFAULT '[]',
  left_out_count integer NOT NULL DEFAULT 0,
  verification jsonb,
  verified_commit text,
  summary text,
  report_path text,
  branch text,
  published_commit text,
  event_seq bigint NOT NULL DEFAULT 0,
  CHECK ((status = 'finished') = (stop_reason IS NOT NULL)),
  CHECK ((status = 'finished') = (finished_at IS NOT NULL))
);
CREATE INDEX tasks_of_organisation ON navi.tasks (org_id, id DESC);
CREATE INDEX tasks_unfinished ON navi.tasks (created_at) WHERE status <> 'finished';

CREATE TABLE navi.task_events (
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  seq bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  type text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (task_id, seq)
);

-- Texts of any size, stored once per organisation under the SHA-256 of their bytes.
CREATE TABLE navi.contents (
  org_id text NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, digest)
);

CREATE TABLE navi.messages (
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  turn integer NOT NULL,
  role text NOT NULL CHECK (role IN ('user', 'assistant')),
  digest text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, turn, role),
  FOREIGN KEY (org_id, digest) REFERENCES navi.contents
);

CREATE TABLE navi.checkpoints (
  id uuid PRIMARY KEY,
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  number integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('action', 'review', 'question')),
  call_id text,
  title text NOT NULL,
  reason text NOT NULL,
  action jsonb NOT NULL,
  action_digest text NOT NULL CHECK (action_digest ~ '^[0-9a-f]{64}$'),
  diff_digest text,
  instance_id text NOT NULL,
  event_name text NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'answered', 'expired', 'cancelled')),
  opened_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  settled_at timestamptz,
  consumed_at timestamptz,
  UNIQUE (task_id, number),
  CHECK ((status = 'pending') = (settled_at IS NULL)),
  CHECK (consumed_at IS NULL OR status = 'approved'),
  CHECK ((kind = 'review') = (diff_digest IS NOT NULL)),
  FOREIGN KEY (org_id, diff_digest) REFERENCES navi.contents
);
CREATE INDEX checkpoints_pending ON navi.checkpoints (org_id, opened_at) WHERE status = 'pending';

CREATE TABLE navi.checkpoint_decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  checkpoint_id uuid NOT NULL REFERENCES navi.checkpoints ON DELETE CASCADE,
  decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'respond')),
  reason text,
  answer text,
  action_digest text NOT NULL,
  decided_by text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  self_approved boolean NOT NULL,
  UNIQUE (checkpoint_id, decided_by),
  CHECK ((decision = 'respond') = (answer IS NOT NULL))
);

-- The effect ledger: what the agent did to the world, an intent before and a result after.
CREATE TABLE navi.tool_calls (
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  call_id text NOT NULL,
  turn integer NOT NULL,
  index integer NOT NULL,
  tool text NOT NULL,
  arguments jsonb NOT NULL,
  effect text NOT NULL CHECK (effect IN ('Pure', 'Workspace', 'Idempotent', 'Probeable', 'Irreversible')),
  verdict text NOT NULL CHECK (verdict IN ('allow', 'approve', 'deny', 'invalid')),
  rule text NOT NULL,
  reason text NOT NULL,
  policy_digest text NOT NULL,
  status text NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'started', 'done', 'rejected', 'in_doubt', 'cancelled')),
  attempt integer NOT NULL DEFAULT 0,
  parent_commit text,
  commit text,
  result_digest text,
  is_error boolean,
  input_tokens bigint,
  output_tokens bigint,
  cost numeric(18, 8),
  checkpoint_id uuid REFERENCES navi.checkpoints,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  deadline_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (task_id, call_id),
  FOREIGN KEY (org_id, result_digest) REFERENCES navi.contents,
  CHECK ((status IN ('planned', 'started')) = (finished_at IS NULL)),
  CHECK (status NOT IN ('done', 'rejected') OR result_digest IS NOT NULL)
);

-- What the durable backend must be told, written with the row it is about; re-sent until the orchestration has acknowledged it.
CREATE TABLE navi.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  task_id uuid NOT NULL REFERENCES navi.tasks ON DELETE CASCADE,
  checkpoint_id uuid REFERENCES navi.checkpoints ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('start', 'event')),
  instance_id text NOT NULL,
  event_name text,
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz,
  sends integer NOT NULL DEFAULT 0,
  last_error text,
  acknowledged_at timestamptz,
  CHECK ((kind = 'event') = (event_name IS NOT NULL))
);
CREATE INDEX outbox_unacknowledged ON navi.outbox (created_at) WHERE acknowledged_at IS NULL;
CREATE INDEX outbox_of_task ON navi.outbox (task_id) WHERE acknowledged_at IS NULL;

CREATE TABLE navi.idempotency_keys (
  org_id text NOT NULL,
  user_id text NOT NULL,
  key text NOT NULL,
  body_digest text NOT NULL,
  task_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (org_id, user_id, key)
);

CREATE TABLE navi.task_metrics (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id text NOT NULL,
  user_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  task_id uuid NOT NULL UNIQUE REFERENCES navi.tasks ON DELETE CASCADE,
  task_type text NOT NULL,
  model_turns integer NOT NULL,
  tool_calls integer NOT NULL,
  rag_retrievals integer NOT NULL,
  checkpoints integer NOT NULL,
  completion_ms bigint NOT NULL,
  model_ms bigint NOT NULL,
  tool_ms bigint NOT NULL,
  wait_ms bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost numeric(18, 8) NOT NULL,
  status text NOT NULL,
  stop_reason text NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['tasks', 'task_events', 'contents', 'messages', 'checkpoints', 'checkpoint_decisions', 'tool_calls', 'outbox',
    'idempotency_keys', 'task_metrics']
  LOOP
    EXECUTE format('ALTER TABLE navi.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE navi.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY of_organisation ON navi.%I TO navi_app USING (org_id = current_setting(''navi.org'', true)) WITH CHECK (org_id = current_setting(''navi.org'', true))', t);
    EXECUTE format('CREATE POLICY of_system ON navi.%I TO navi_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON navi.%I TO navi_app, navi_system', t);
  END LOOP;
END $$;
