CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`uses_left` integer NOT NULL,
	`made_on` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_codeHash_unique` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `invitations_expiry` ON `invitations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `proof_keys` (
	`day` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `spent_proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_proofs_expiry` ON `spent_proofs` (`expires_at`);--> statement-breakpoint
CREATE TABLE `waiting_members` (
	`member_id` text PRIMARY KEY NOT NULL,
	`words` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `waiting_members_order` ON `waiting_members` (`state`,`asked_at`);--> statement-breakpoint
CREATE INDEX `waiting_members_expiry` ON `waiting_members` (`expires_at`);