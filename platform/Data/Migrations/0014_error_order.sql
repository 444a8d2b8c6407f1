-- Errors are listed by when they came last, which their ids do not tell.
SET LOCAL ROLE navi_owner;

CREATE INDEX error_events_by_last_seen ON navi.error_events (org_id, last_seen DESC, id DESC);
DROP INDEX navi.error_events_of_organisation;
