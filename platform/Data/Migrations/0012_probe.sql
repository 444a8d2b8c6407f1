-- The synthetic probe's last success is asked for at every scrape, its old tasks at every run.
SET LOCAL ROLE navi_owner;

CREATE INDEX tasks_of_probe ON navi.tasks (id) WHERE user_id = 'navi-probe';
