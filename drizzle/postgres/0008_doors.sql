CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"code_hash" text NOT NULL,
	"uses_left" integer NOT NULL,
	"made_on" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "invitations_codeHash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "proof_keys" (
	"day" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_proofs" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting_members" (
	"member_id" text PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"state" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waiting_members" ADD CONSTRAINT "waiting_members_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "spent_proofs_expiry" ON "spent_proofs" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "waiting_members_order" ON "waiting_members" USING btree ("state","asked_at");--> statement-breakpoint
CREATE INDEX "waiting_members_expiry" ON "waiting_members" USING btree ("expires_at");