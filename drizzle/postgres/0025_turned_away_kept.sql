-- Who turned away everybody at once stays as it was written, but for this: a moderator who left is no longer named in it.
CREATE TRIGGER "turned_away_kept" BEFORE UPDATE OR DELETE ON "turned_away" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
