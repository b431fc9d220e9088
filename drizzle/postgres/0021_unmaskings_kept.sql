-- Who looked behind a mask stays as it was written, but for this: a moderator who left is no longer named in it.
CREATE TRIGGER "unmaskings_kept" BEFORE UPDATE OR DELETE ON "unmaskings" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
