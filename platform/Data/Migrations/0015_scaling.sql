-- What a scaler may know of the tasks: how many there are to do, of all organisations together. Its role reads this view and nothing else.
-- A view sees what its owner sees. navi_owner sees no row, as the policies are forced on it too, so the view is navi_system's, in a schema where that role may create.
CREATE SCHEMA scaling AUTHORIZATION navi_system;
SET LOCAL ROLE navi_system;
GRANT USAGE ON SCHEMA scaling TO navi_scaler;

-- Suspended tasks and those that wait for a decision need nobody.
CREATE VIEW scaling.tasks AS
  SELECT count(*) FILTER (WHERE status = 'queued') AS queued, count(*) FILTER (WHERE status = 'running') AS running
  FROM navi.tasks WHERE status IN ('queued', 'running') AND suspended_at IS NULL;
GRANT SELECT ON scaling.tasks TO navi_scaler;
