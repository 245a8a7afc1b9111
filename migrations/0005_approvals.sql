-- What an approval covers: the requests of the calls that it guards, as they were shown. Null: nothing.
ALTER TABLE playbook_step_run ADD COLUMN covers jsonb;
