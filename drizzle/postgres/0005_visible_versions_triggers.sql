-- A scope that every writer raises is spread over rows: two writers at the same time have two backends, and so rarely the same row.
-- The rows are raised in one order, so that two statements cannot wait for one another.
CREATE FUNCTION "raise_visible"("scopes" text[]) RETURNS void LANGUAGE sql AS $$
	INSERT INTO "visible_versions" ("scope", "slot", "version")
	SELECT DISTINCT s, CASE WHEN s LIKE 'thread:%' THEN 0 ELSE pg_backend_pid() % 64 END, 1 FROM unnest("scopes") s ORDER BY 1
	ON CONFLICT ("scope", "slot") DO UPDATE SET "version" = "visible_versions"."version" + 1;
$$;
--> statement-breakpoint
CREATE FUNCTION "posts_seen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'INSERT' THEN
		PERFORM "raise_visible"(ARRAY(SELECT 'thread:' || "thread_id" FROM "added" UNION ALL SELECT 'openings' FROM "added" WHERE "parent_id" IS NULL));
	ELSIF TG_OP = 'DELETE' THEN
		PERFORM "raise_visible"(ARRAY(SELECT 'thread:' || "thread_id" FROM "gone" UNION ALL SELECT 'openings' FROM "gone" WHERE "parent_id" IS NULL));
	ELSE
		-- An encouragement alone changes no card.
		PERFORM "raise_visible"(ARRAY(
			SELECT 'thread:' || "thread_id" FROM "added" UNION ALL SELECT 'thread:' || "thread_id" FROM "gone" UNION ALL
			SELECT 'openings' FROM "added" a JOIN "gone" g ON g."id" = a."id"
			WHERE (a."parent_id" IS NULL OR g."parent_id" IS NULL) AND (a."encouraged" IS NOT DISTINCT FROM g."encouraged"
				OR (a."warnings", a."folded", a."state", a."version", a."author_id")
					IS DISTINCT FROM (g."warnings", g."folded", g."state", g."version", g."author_id"))));
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "threads_seen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM "raise_visible"(ARRAY(SELECT unnest(ARRAY['thread:' || "id", 'board:' || "board_id", 'stories']) FROM "gone"));
	ELSIF TG_OP = 'INSERT' THEN
		PERFORM "raise_visible"(ARRAY(SELECT unnest(ARRAY['thread:' || "id", 'board:' || "board_id", 'stories']) FROM "added"));
	ELSE
		PERFORM "raise_visible"(ARRAY(
			SELECT unnest(ARRAY['thread:' || "id", 'board:' || "board_id", 'stories']) FROM "added" UNION ALL
			SELECT 'board:' || "board_id" FROM "gone"));
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "celebrations_seen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	-- One that waits for its moment is seen by nobody.
	IF TG_OP = 'DELETE' THEN
		PERFORM "raise_visible"(ARRAY(SELECT 'celebrations' FROM "gone" WHERE "state" <> 'waiting'));
	ELSIF TG_OP = 'INSERT' THEN
		PERFORM "raise_visible"(ARRAY(SELECT 'celebrations' FROM "added" WHERE "state" <> 'waiting'));
	ELSE
		PERFORM "raise_visible"(ARRAY(
			SELECT 'celebrations' FROM "added" WHERE "state" <> 'waiting' UNION ALL
			SELECT 'celebrations' FROM "gone" WHERE "state" <> 'waiting'));
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "everything_seen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	PERFORM "raise_visible"(ARRAY['everything']);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "visible_posts_added" AFTER INSERT ON "posts" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "posts_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_posts_changed" AFTER UPDATE ON "posts" REFERENCING OLD TABLE AS "gone" NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "posts_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_posts_gone" AFTER DELETE ON "posts" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "posts_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_threads_added" AFTER INSERT ON "threads" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "threads_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_threads_changed" AFTER UPDATE ON "threads" REFERENCING OLD TABLE AS "gone" NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "threads_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_threads_gone" AFTER DELETE ON "threads" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "threads_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_celebrations_added" AFTER INSERT ON "celebrations" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "celebrations_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_celebrations_changed" AFTER UPDATE ON "celebrations" REFERENCING OLD TABLE AS "gone" NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "celebrations_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_celebrations_gone" AFTER DELETE ON "celebrations" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "celebrations_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_boards" AFTER INSERT OR UPDATE OR DELETE ON "boards" FOR EACH STATEMENT EXECUTE FUNCTION "everything_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_names" AFTER UPDATE OF "name", "role" OR DELETE ON "members" FOR EACH STATEMENT EXECUTE FUNCTION "everything_seen"();
--> statement-breakpoint
CREATE TRIGGER "visible_folds" AFTER INSERT ON "case_events" FOR EACH ROW WHEN (new."kind" IN ('folded', 'unfolded')) EXECUTE FUNCTION "everything_seen"();
