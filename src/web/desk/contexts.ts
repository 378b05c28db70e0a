import type { Phase } from '../../domain/consultation.ts';
import type { Choice, Link } from '../public/shapes.ts';
import type { AccountPage } from './account/account.ts';
import type { ColleaguePage } from './account/colleague.ts';
import type { ForgottenPage, NewPasswordPage } from './account/forgotten.ts';
import type { OwnFormPage } from './account/own.ts';
import type { RemindersPage } from './account/reminders.ts';
import type { RecoveryCodesPage, SecondFactorPage } from './account/second-factor.ts';
import type { SecondStepPage } from './account/second-step.ts';
import type { AnnouncementFormPage } from './announcement.ts';
import type { AssignmentPage } from './assignment/assign.ts';
import type { DepartmentPage } from './assignment/department.ts';
import type { DepartmentsPage } from './assignment/departments.ts';
import type { AuditPage } from './audit/audit.ts';
import type { ChannelsPage } from './channels.ts';
import type { CommentsPage } from './comments.ts';
import type { OverviewPage } from './consultation.ts';
import type { CorrectionAbandonPage } from './correction-abandon.ts';
import type { EntryPage } from './entry/page.ts';
import type { SheetPage } from './entry/sheet.ts';
import type { SheetsPage } from './entry/sheets.ts';
import type { ExportsPage } from './exports/page.ts';
import type { GroupsPage } from './groups/list.ts';
import type { GroupPage } from './groups/one.ts';
import type { SuggestionPage } from './groups/suggestion.ts';
import type { HandoverPage } from './handover.ts';
import type { HomePage } from './home.ts';
import type { DiscardPage } from './imports/discard.ts';
import type { DraftFormPage } from './imports/draft-page.ts';
import type { ImportsPage } from './imports/list.ts';
import type { ImportPage } from './imports/one.ts';
import type { RowPage } from './imports/row.ts';
import type { InvitationPage } from './invitation.ts';
import type { KeptPage } from './kept.ts';
import type { LettersPage } from './letters/list.ts';
import type { LetterPage } from './letters/one.ts';
import type { ExtensionPage } from './lifecycle/extension.ts';
import type { ReleasePage } from './lifecycle/release.ts';
import type { StopPage } from './lifecycle/stop.ts';
import type { AgencyMailPage } from './mail/agency-mail.ts';
import type { ConsultationMailPage } from './mail/consultation-mail.ts';
import type { ToldDeed } from './meanwhile.ts';
import type { NewConsultationPage } from './new-consultation.ts';
import type { NoticePage } from './notice.ts';
import type { CorrectionPage } from './notice-correction.ts';
import type { DroppedPage } from './notice-dropped.ts';
import type { OfficersPage } from './officers.ts';
import type { PreviewPage } from './preview.ts';
import type { Progress } from './progress.ts';
import type { CommentPage } from './received/one.ts';
import type { ScreenTogetherPage } from './received/screen-together.ts';
import type { TogetherPage } from './received/together.ts';
import type { SignInPage } from './sign-in.ts';
import type { SourceFormPage } from './source.ts';
import type { TemplatesPage } from './templates/list.ts';
import type { TemplatePage } from './templates/one.ts';
import type { AbandonPage } from './versions/abandon.ts';
import type { LinkPage } from './versions/link.ts';
import type { MappingPage } from './versions/mapping.ts';
import type { OrphanPage } from './versions/orphan.ts';
import type { OrphansPage } from './versions/orphans.ts';
import type { VersionPublishPage } from './versions/publish.ts';
import type { VersionsPage } from './versions/versions.ts';
import type { WordingsPage } from './wording/list.ts';
import type { WordingPage } from './wording/one.ts';

/** What every page of the desk has beside its own. */
export interface DeskBase {
  readonly crumbs: readonly Link[];
  /** What was just done, as a sentence; empty when the page was simply opened. */
  readonly done: string;
  /** What others did last, on a page that went stale; empty otherwise. */
  readonly meanwhile: readonly ToldDeed[];
}

/** A choice with what it means. */
export interface HintedChoice extends Choice {
  readonly hint: string;
}

/** A link among the pages of one consultation. */
export interface PageLink extends Link {
  readonly current: boolean;
}

/** A coloured word beside a thing: how far it has come. */
export interface Tag {
  readonly kind: string;
  readonly text: string;
}

/** The consultation that a page is about. */
export interface Matter {
  readonly to: string;
  readonly title: string;
  readonly number: string;
  readonly phase: Phase | 'draft';
  readonly pages: readonly PageLink[];
}

/** Something that cannot be done or is not there, and where to go on. */
export interface MessagePage {
  readonly text: string;
  readonly back: Link;
  /** How far work is that the page waits for. */
  readonly progress?: Progress;
}

/** Every desk page with its own part of the context. */
export interface DeskContents {
  'desk/sign-in': SignInPage;
  'desk/kept': KeptPage;
  'desk/message': MessagePage;
  'desk/invitation': InvitationPage;
  'desk/officers': OfficersPage;
  'desk/colleague': ColleaguePage;
  'desk/second-step': SecondStepPage;
  'desk/forgotten-password': ForgottenPage;
  'desk/new-password': NewPasswordPage;
  'desk/account': AccountPage;
  'desk/own-password': OwnFormPage;
  'desk/own-email': OwnFormPage;
  'desk/second-factor': SecondFactorPage;
  'desk/recovery-codes': RecoveryCodesPage;
  'desk/home': HomePage;
  'desk/reminders': RemindersPage;
  'desk/handover': HandoverPage;
  'desk/new-consultation': NewConsultationPage;
  'desk/announcement': AnnouncementFormPage;
  'desk/draft': DraftFormPage;
  'desk/source': SourceFormPage;
  'desk/imports': ImportsPage;
  'desk/import': ImportPage;
  'desk/import-discard': DiscardPage;
  'desk/import-row': RowPage;
  'desk/preview': PreviewPage;
  'desk/release': ReleasePage;
  'desk/extension': ExtensionPage;
  'desk/stop': StopPage;
  'desk/versions': VersionsPage;
  'desk/version-abandon': AbandonPage;
  'desk/version-mapping': MappingPage;
  'desk/version-link': LinkPage;
  'desk/version-publish': VersionPublishPage;
  'desk/version-orphans': OrphansPage;
  'desk/version-orphan': OrphanPage;
  'desk/consultation': OverviewPage;
  'desk/exports': ExportsPage;
  'desk/entry': EntryPage;
  'desk/entry-sheets': SheetsPage;
  'desk/entry-sheet': SheetPage;
  'desk/comments': CommentsPage;
  'desk/comment': CommentPage;
  'desk/groups': GroupsPage;
  'desk/group-suggestion': SuggestionPage;
  'desk/group': GroupPage;
  'desk/together': TogetherPage;
  'desk/assignment': AssignmentPage;
  'desk/departments': DepartmentsPage;
  'desk/department': DepartmentPage;
  'desk/templates': TemplatesPage;
  'desk/template': TemplatePage;
  'desk/channels': ChannelsPage;
  'desk/notice': NoticePage;
  'desk/notice-correction': CorrectionPage;
  'desk/correction-abandon': CorrectionAbandonPage;
  'desk/screen-together': ScreenTogetherPage;
  'desk/notice-dropped': DroppedPage;
  'desk/wordings': WordingsPage;
  'desk/wording': WordingPage;
  'desk/mail': ConsultationMailPage;
  'desk/agency-mail': AgencyMailPage;
  'desk/letters': LettersPage;
  'desk/audit': AuditPage;
  'desk/letter': LetterPage;
}

/** Every desk page with the whole context its template is rendered from. */
export type DeskPages = { readonly [view in keyof DeskContents]: DeskContents[view] & DeskBase };
