-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "slackId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "botSlackId" TEXT NOT NULL,
    "botName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "heardAt" TIMESTAMP(3),

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Settings" (
    "workspaceId" TEXT NOT NULL,
    "setUpAt" TIMESTAMP(3),
    "shoutoutChannelId" TEXT,
    "timeZone" TEXT,
    "dailyLimit" INTEGER,
    "isValueRequired" BOOLEAN NOT NULL DEFAULT false,
    "isMessageRequired" BOOLEAN NOT NULL DEFAULT false,
    "mayGuestsGive" BOOLEAN NOT NULL DEFAULT true,
    "mayGuestsReceive" BOOLEAN NOT NULL DEFAULT true,
    "isDigestOn" BOOLEAN NOT NULL DEFAULT true,
    "digestWeekday" INTEGER,
    "digestHour" INTEGER,
    "digestChannelId" TEXT,
    "digestSince" TIMESTAMP(3),
    "isInvitationOn" BOOLEAN NOT NULL DEFAULT true,
    "uncountedEmoji" TEXT NOT NULL DEFAULT '',
    "uncountedChannelIds" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "changedById" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Settings_pkey" PRIMARY KEY ("workspaceId")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "slackId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT,
    "isBot" BOOLEAN NOT NULL DEFAULT false,
    "isDeactivated" BOOLEAN NOT NULL DEFAULT false,
    "isGuest" BOOLEAN NOT NULL DEFAULT false,
    "isForeign" BOOLEAN NOT NULL DEFAULT false,
    "isAdmin" BOOLEAN NOT NULL DEFAULT false,
    "preference" TEXT NOT NULL DEFAULT 'everywhere',
    "awayUntil" TEXT,
    "introducedByPostId" TEXT,
    "isAskedWhy" BOOLEAN NOT NULL DEFAULT true,
    "askedWhyOn" TEXT,
    "askedWhyCount" INTEGER NOT NULL DEFAULT 0,
    "isBriefed" BOOLEAN NOT NULL DEFAULT true,
    "listedInRun" INTEGER,
    "fetchedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Keeper" (
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,

    CONSTRAINT "Keeper_pkey" PRIMARY KEY ("workspaceId","memberId")
);

-- CreateTable
CREATE TABLE "Viewer" (
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "namedById" TEXT NOT NULL,
    "namedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Viewer_pkey" PRIMARY KEY ("workspaceId","memberId")
);

-- CreateTable
CREATE TABLE "CompanyValue" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "formerSlugs" TEXT NOT NULL DEFAULT ' ',
    "name" TEXT NOT NULL,
    "meaning" TEXT NOT NULL DEFAULT '',
    "emoji" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "retiredAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CompanyValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shoutout" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "teamSlackId" TEXT NOT NULL,
    "requestKey" TEXT NOT NULL,
    "giverId" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "impact" TEXT NOT NULL DEFAULT '',
    "visibility" TEXT NOT NULL,
    "channelSlackId" TEXT,
    "isPlacePrivate" BOOLEAN NOT NULL DEFAULT false,
    "aboutChannelSlackId" TEXT,
    "aboutTs" TEXT,
    "aboutThreadTs" TEXT,
    "source" TEXT NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,
    "answeredAt" TIMESTAMP(3),
    "editedAt" TIMESTAMP(3),
    "edits" INTEGER NOT NULL DEFAULT 0,
    "withdrawnAt" TIMESTAMP(3),
    "digestId" TEXT,
    "withdrawnHow" TEXT,

    CONSTRAINT "Shoutout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Digest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL DEFAULT '',
    "week" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "dueAt" TIMESTAMP(3),
    "claimedAt" TIMESTAMP(3),
    "heldUntil" TIMESTAMP(3),
    "byMemberId" TEXT,
    "invitedAt" TIMESTAMP(3),
    "emptyWeeks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Digest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShoutoutRecipient" (
    "shoutoutId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "isHidden" BOOLEAN NOT NULL DEFAULT false,
    "gatheredPostId" TEXT,

    CONSTRAINT "ShoutoutRecipient_pkey" PRIMARY KEY ("shoutoutId","memberId")
);

-- CreateTable
CREATE TABLE "ShoutoutValue" (
    "shoutoutId" TEXT NOT NULL,
    "valueId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,

    CONSTRAINT "ShoutoutValue_pkey" PRIMARY KEY ("shoutoutId","valueId")
);

-- CreateTable
CREATE TABLE "ShoutoutGroup" (
    "shoutoutId" TEXT NOT NULL,
    "slackId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "handle" TEXT NOT NULL,

    CONSTRAINT "ShoutoutGroup_pkey" PRIMARY KEY ("shoutoutId","slackId")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "shoutoutId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "isPlacePrivate" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Post" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "shoutoutId" TEXT,
    "digestId" TEXT,
    "briefId" TEXT,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "threadTs" TEXT,
    "memberId" TEXT,
    "aboutPostId" TEXT,
    "askedByIds" TEXT NOT NULL DEFAULT '',
    "byMemberId" TEXT,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "wantedRevision" INTEGER NOT NULL DEFAULT 1,
    "shownRevision" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),
    "claimedAt" TIMESTAMP(3),
    "postedChannelId" TEXT,
    "postedTs" TEXT,
    "lastError" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reaction" (
    "workspaceId" TEXT NOT NULL,
    "channelSlackId" TEXT NOT NULL,
    "messageTs" TEXT NOT NULL,
    "memberSlackId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "isOn" BOOLEAN NOT NULL,
    "eventTs" TEXT NOT NULL,

    CONSTRAINT "Reaction_pkey" PRIMARY KEY ("workspaceId","channelSlackId","messageTs","memberSlackId","name")
);

-- CreateTable
CREATE TABLE "Greeting" (
    "workspaceId" TEXT NOT NULL,
    "channelSlackId" TEXT NOT NULL,
    "greetedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Greeting_pkey" PRIMARY KEY ("workspaceId","channelSlackId")
);

-- CreateTable
CREATE TABLE "Nudge" (
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "toldAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Nudge_pkey" PRIMARY KEY ("memberId","reason")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberSlackId" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sync" (
    "workspaceId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "run" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMP(3),
    "cursor" TEXT,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3) NOT NULL,
    "claims" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "isWanted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Sync_pkey" PRIMARY KEY ("workspaceId","subject")
);

-- CreateTable
CREATE TABLE "UserGroup" (
    "workspaceId" TEXT NOT NULL,
    "slackId" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "UserGroup_pkey" PRIMARY KEY ("workspaceId","slackId")
);

-- CreateTable
CREATE TABLE "UserGroupMember" (
    "workspaceId" TEXT NOT NULL,
    "groupSlackId" TEXT NOT NULL,
    "memberSlackId" TEXT NOT NULL,

    CONSTRAINT "UserGroupMember_pkey" PRIMARY KEY ("workspaceId","groupSlackId","memberSlackId")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "rosterKind" TEXT NOT NULL,
    "rosterSlackId" TEXT NOT NULL DEFAULT '',
    "channelSlackId" TEXT,
    "isDigestOn" BOOLEAN NOT NULL DEFAULT false,
    "digestSince" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "refreshedAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TeamMember" (
    "teamId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "joinedAt" TIMESTAMP(3) NOT NULL,
    "leftAt" TIMESTAMP(3),
    "listedInRun" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "TeamMember_pkey" PRIMARY KEY ("teamId","memberId","joinedAt")
);

-- CreateTable
CREATE TABLE "TeamLead" (
    "teamId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TeamLead_pkey" PRIMARY KEY ("teamId","memberId")
);

-- CreateTable
CREATE TABLE "Tally" (
    "shoutoutId" TEXT NOT NULL,
    "recipientId" TEXT NOT NULL,
    "valueId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "giverId" TEXT NOT NULL,
    "giverNumber" INTEGER NOT NULL,
    "recipientNumber" INTEGER NOT NULL,
    "givenAt" TIMESTAMP(3) NOT NULL,
    "source" TEXT NOT NULL,
    "shoutouts" INTEGER NOT NULL,
    "thanks" INTEGER NOT NULL,
    "tagged" INTEGER NOT NULL,

    CONSTRAINT "Tally_pkey" PRIMARY KEY ("workspaceId","shoutoutId","recipientId","valueId")
);

-- CreateTable
CREATE TABLE "PersonNumber" (
    "number" SERIAL NOT NULL,
    "memberId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,

    CONSTRAINT "PersonNumber_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Look" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "aboutId" TEXT,
    "teamId" TEXT,
    "what" TEXT NOT NULL,
    "lookedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Look_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Brief" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "from" TIMESTAMP(3) NOT NULL,
    "to" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Brief_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BriefTeam" (
    "briefId" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,

    CONSTRAINT "BriefTeam_pkey" PRIMARY KEY ("briefId","teamId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_slackId_key" ON "Workspace"("slackId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_workspaceId_slackId_key" ON "Member"("workspaceId", "slackId");

-- CreateIndex
CREATE UNIQUE INDEX "CompanyValue_workspaceId_slug_key" ON "CompanyValue"("workspaceId", "slug");

-- CreateIndex
CREATE INDEX "Shoutout_giverId_givenAt_idx" ON "Shoutout"("giverId", "givenAt");

-- CreateIndex
CREATE INDEX "Shoutout_workspaceId_givenAt_idx" ON "Shoutout"("workspaceId", "givenAt");

-- CreateIndex
CREATE INDEX "Shoutout_workspaceId_digestId_id_idx" ON "Shoutout"("workspaceId", "digestId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Shoutout_workspaceId_requestKey_key" ON "Shoutout"("workspaceId", "requestKey");

-- CreateIndex
CREATE UNIQUE INDEX "Digest_workspaceId_teamId_week_key" ON "Digest"("workspaceId", "teamId", "week");

-- CreateIndex
CREATE INDEX "ShoutoutRecipient_memberId_idx" ON "ShoutoutRecipient"("memberId");

-- CreateIndex
CREATE INDEX "ShoutoutRecipient_gatheredPostId_idx" ON "ShoutoutRecipient"("gatheredPostId");

-- CreateIndex
CREATE INDEX "ShoutoutValue_valueId_idx" ON "ShoutoutValue"("valueId");

-- CreateIndex
CREATE UNIQUE INDEX "Report_shoutoutId_memberId_key" ON "Report"("shoutoutId", "memberId");

-- CreateIndex
CREATE INDEX "Post_nextTryAt_idx" ON "Post"("nextTryAt");

-- CreateIndex
CREATE INDEX "Post_workspaceId_target_state_idx" ON "Post"("workspaceId", "target", "state");

-- CreateIndex
CREATE INDEX "Post_workspaceId_postedChannelId_postedTs_idx" ON "Post"("workspaceId", "postedChannelId", "postedTs");

-- CreateIndex
CREATE UNIQUE INDEX "Post_shoutoutId_key_key" ON "Post"("shoutoutId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Post_digestId_key_key" ON "Post"("digestId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Post_briefId_key_key" ON "Post"("briefId", "key");

-- CreateIndex
CREATE INDEX "Reaction_workspaceId_effect_idx" ON "Reaction"("workspaceId", "effect");

-- CreateIndex
CREATE INDEX "Draft_createdAt_idx" ON "Draft"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Team_workspaceId_slug_key" ON "Team"("workspaceId", "slug");

-- CreateIndex
CREATE INDEX "TeamMember_memberId_teamId_joinedAt_leftAt_idx" ON "TeamMember"("memberId", "teamId", "joinedAt", "leftAt");

-- CreateIndex
CREATE INDEX "TeamLead_memberId_idx" ON "TeamLead"("memberId");

-- CreateIndex
CREATE INDEX "Tally_recipientId_workspaceId_givenAt_giverId_thanks_valueI_idx" ON "Tally"("recipientId", "workspaceId", "givenAt", "giverId", "thanks", "valueId", "source");

-- CreateIndex
CREATE INDEX "Tally_giverId_workspaceId_givenAt_valueId_source_shoutouts__idx" ON "Tally"("giverId", "workspaceId", "givenAt", "valueId", "source", "shoutouts", "tagged", "recipientId", "thanks");

-- CreateIndex
CREATE INDEX "Tally_workspaceId_valueId_givenAt_recipientNumber_giverNumb_idx" ON "Tally"("workspaceId", "valueId", "givenAt", "recipientNumber", "giverNumber", "shoutouts", "thanks", "recipientId");

-- CreateIndex
CREATE UNIQUE INDEX "PersonNumber_memberId_key" ON "PersonNumber"("memberId");

-- CreateIndex
CREATE INDEX "Look_workspaceId_aboutId_lookedAt_idx" ON "Look"("workspaceId", "aboutId", "lookedAt");

-- CreateIndex
CREATE INDEX "Look_workspaceId_teamId_lookedAt_idx" ON "Look"("workspaceId", "teamId", "lookedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Brief_workspaceId_memberId_week_key" ON "Brief"("workspaceId", "memberId", "week");

-- CreateIndex
CREATE INDEX "BriefTeam_teamId_idx" ON "BriefTeam"("teamId");

-- AddForeignKey
ALTER TABLE "Settings" ADD CONSTRAINT "Settings_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Keeper" ADD CONSTRAINT "Keeper_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Keeper" ADD CONSTRAINT "Keeper_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Viewer" ADD CONSTRAINT "Viewer_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Viewer" ADD CONSTRAINT "Viewer_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CompanyValue" ADD CONSTRAINT "CompanyValue_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shoutout" ADD CONSTRAINT "Shoutout_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shoutout" ADD CONSTRAINT "Shoutout_giverId_fkey" FOREIGN KEY ("giverId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shoutout" ADD CONSTRAINT "Shoutout_digestId_fkey" FOREIGN KEY ("digestId") REFERENCES "Digest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Digest" ADD CONSTRAINT "Digest_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoutoutRecipient" ADD CONSTRAINT "ShoutoutRecipient_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoutoutRecipient" ADD CONSTRAINT "ShoutoutRecipient_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoutoutValue" ADD CONSTRAINT "ShoutoutValue_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoutoutValue" ADD CONSTRAINT "ShoutoutValue_valueId_fkey" FOREIGN KEY ("valueId") REFERENCES "CompanyValue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoutoutGroup" ADD CONSTRAINT "ShoutoutGroup_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Report" ADD CONSTRAINT "Report_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_shoutoutId_fkey" FOREIGN KEY ("shoutoutId") REFERENCES "Shoutout"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_digestId_fkey" FOREIGN KEY ("digestId") REFERENCES "Digest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_briefId_fkey" FOREIGN KEY ("briefId") REFERENCES "Brief"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Post" ADD CONSTRAINT "Post_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reaction" ADD CONSTRAINT "Reaction_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Greeting" ADD CONSTRAINT "Greeting_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Nudge" ADD CONSTRAINT "Nudge_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sync" ADD CONSTRAINT "Sync_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserGroup" ADD CONSTRAINT "UserGroup_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserGroupMember" ADD CONSTRAINT "UserGroupMember_workspaceId_groupSlackId_fkey" FOREIGN KEY ("workspaceId", "groupSlackId") REFERENCES "UserGroup"("workspaceId", "slackId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamLead" ADD CONSTRAINT "TeamLead_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamLead" ADD CONSTRAINT "TeamLead_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tally" ADD CONSTRAINT "Tally_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tally" ADD CONSTRAINT "Tally_recipientId_fkey" FOREIGN KEY ("recipientId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNumber" ADD CONSTRAINT "PersonNumber_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonNumber" ADD CONSTRAINT "PersonNumber_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Look" ADD CONSTRAINT "Look_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Brief" ADD CONSTRAINT "Brief_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Brief" ADD CONSTRAINT "Brief_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BriefTeam" ADD CONSTRAINT "BriefTeam_briefId_fkey" FOREIGN KEY ("briefId") REFERENCES "Brief"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BriefTeam" ADD CONSTRAINT "BriefTeam_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;
