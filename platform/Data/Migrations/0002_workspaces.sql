-- Where the local processes of this database keep their tasks' workspaces: they must all work in the same place.
CREATE TABLE public.navi_workspaces (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  machine text NOT NULL,
  root text NOT NULL,
  mark text NOT NULL
);
