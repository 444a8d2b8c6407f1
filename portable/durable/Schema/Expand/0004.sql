-- Retention and the list of ended instances look for them by when they ended.
CREATE INDEX instances_ended ON durable.instances (completed_at) WHERE completed_at IS NOT NULL;
