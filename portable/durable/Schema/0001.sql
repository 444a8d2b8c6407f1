-- The durable runtime's tables. Payloads are text as the data converter wrote it. All times are the database's.
-- Statuses: 0 running, 1 completed, 3 failed, 5 terminated, 6 pending, 7 suspended (the numbers of OrchestrationRuntimeStatus).

CREATE TABLE durable.instances (
  instance_id text PRIMARY KEY,
  -- Tells an instance from an earlier one of the same id: rows of the earlier one never match.
  incarnation bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  version text NOT NULL DEFAULT '',
  status smallint NOT NULL DEFAULT 6 CHECK (status IN (0, 1, 3, 5, 6, 7)),
  -- Grows with every continue-as-new; messages that belong to an earlier execution are dropped.
  execution integer NOT NULL DEFAULT 1,
  history_length integer NOT NULL DEFAULT 0,
  input text,
  output text,
  custom_status text,
  failure text,
  tags text,
  parent_id text,
  parent_name text,
  parent_incarnation bigint,
  parent_execution integer,
  parent_task integer,
  not_before timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  -- The claim: a turn's commit counts only for the worker and the epoch that claimed it.
  worker_id bigint,
  epoch bigint NOT NULL DEFAULT 0,
  lease_until timestamptz
);
CREATE INDEX instances_parent ON durable.instances (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX instances_claimed ON durable.instances (worker_id) WHERE worker_id IS NOT NULL;

CREATE TABLE durable.history (
  instance_id text NOT NULL,
  incarnation bigint NOT NULL,
  execution integer NOT NULL,
  position integer NOT NULL,
  kind smallint NOT NULL,
  task_id integer,
  name text,
  payload text,
  failure text,
  at timestamptz NOT NULL,
  PRIMARY KEY (instance_id, incarnation, execution, position)
);

-- Messages to orchestrations, timers among them: a message counts from visible_at on and is deleted by the turn that consumes it.
CREATE TABLE durable.inbox (
  message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance_id text NOT NULL,
  incarnation bigint NOT NULL,
  -- The execution it answers; null for what concerns the instance as a whole (events, suspend, resume, terminate).
  execution integer,
  kind smallint NOT NULL,
  task_id integer,
  name text,
  payload text,
  failure text,
  visible_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX inbox_visible ON durable.inbox (visible_at);
CREATE INDEX inbox_instance ON durable.inbox (instance_id, message_id);

CREATE TABLE durable.activities (
  activity_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance_id text NOT NULL,
  incarnation bigint NOT NULL,
  execution integer NOT NULL,
  task_id integer NOT NULL,
  name text NOT NULL,
  version text NOT NULL DEFAULT '',
  input text,
  created_at timestamptz NOT NULL DEFAULT now(),
  worker_id bigint,
  epoch bigint NOT NULL DEFAULT 0,
  lease_until timestamptz
);
CREATE INDEX activities_free ON durable.activities (activity_id) WHERE worker_id IS NULL;
CREATE INDEX activities_claimed ON durable.activities (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX activities_instance ON durable.activities (instance_id);

-- A worker holds the session advisory lock (durable.worker_lock(), worker_id) as long as it lives.
CREATE TABLE durable.workers (
  worker_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now()
);

-- Which process fires an occurrence of a cron timer: the one whose row is first.
CREATE TABLE durable.timer_firings (
  name text NOT NULL,
  occurrence timestamptz NOT NULL,
  fired_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, occurrence)
);

-- First half of the two-part advisory lock keys of workers ("NAVI" in ASCII).
CREATE FUNCTION durable.worker_lock() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1312904777';

-- Removes instances with everything that belongs to them.
CREATE FUNCTION durable.drop_instances(ids text[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM durable.history WHERE instance_id = ANY(ids);
  DELETE FROM durable.inbox WHERE instance_id = ANY(ids);
  DELETE FROM durable.activities WHERE instance_id = ANY(ids);
  DELETE FROM durable.instances WHERE instance_id = ANY(ids);
$$;
