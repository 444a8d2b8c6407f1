-- Effects in doubt are counted at every scrape: by their own few rows, not by all calls there ever were.
SET LOCAL ROLE navi_owner;

CREATE INDEX tool_calls_in_doubt ON navi.tool_calls (created_at) WHERE status = 'in_doubt';
