import {
  CreateThemeForStackCommand, DeleteThemeForStackCommand, DescribeThemeForStackCommand, type Theme, type ThemeFooterLink, UpdateThemeForStackCommand,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { isMarked, mark, unmark } from './theme-mark';
import type { StackThemeProperties } from '../../src/appstream/private/stack-theme-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { leftBehind } from '../engine/left-behind';

/** Sees to it that a stack has the theme that is wanted. The id is the name of the stack. */
export const stackTheme: Controller<StackThemeProperties> = async (request) => {
  const { wanted, before, id } = request;
  if (!wanted) {
    return withdraw(id ?? before!.StackName, request);
  }
  const progress = await provide(wanted, request);
  const left = leftBehind(request, ({ StackName }) => StackName);
  if (progress.kind === 'ready' && left) {
    await withdraw(left.StackName, request);
  }
  return progress;
};

async function provide(wanted: StackThemeProperties, { owner }: Request<StackThemeProperties>): Promise<Progress> {
  const id = wanted.StackName;
  const marked = { stackArn: wanted.StackArn, owner };
  const theme = await read(id);
  if (!await isMarked(marked)) {
    if (theme) {
      // Without the id of a stack: the Delete that follows finds nothing that is ours.
      return { kind: 'failed', reason: `stack ${id} has a theme that this resource has not made: delete it, then deploy again` };
    }
    // Before the theme is made: a step that is taken again, because nobody knows how this one ended, knows whose it is.
    await mark(marked);
  }
  const made = theme ?? (await appstream.send(new CreateThemeForStackCommand(inputOf(wanted)))).Theme;
  if (theme || made?.State !== wanted.State) {
    await appstream.send(new UpdateThemeForStackCommand({ ...inputOf(wanted), State: wanted.State, ...withoutLinks(wanted, made) }));
  }
  return { kind: 'ready', id };
}

/** Of the stack that the id names: another one than that of the properties, where the theme has moved. */
async function withdraw(id: string, { before, owner }: Request<StackThemeProperties>): Promise<Progress> {
  const marked = { stackArn: before!.StackArn.replace(/[^/]+$/, id), owner };
  if (await isMarked(marked)) {
    await absentIfNotFound(() => appstream.send(new DeleteThemeForStackCommand({ StackName: id })));
    await unmark(marked);
  }
  return { kind: 'ready', id };
}

/** A stack without a theme, and one that is gone, look alike. */
async function read(StackName: string): Promise<Theme | undefined> {
  return (await absentIfNotFound(() => appstream.send(new DescribeThemeForStackCommand({ StackName }))))?.Theme;
}

function inputOf({ StackName, TitleText, ThemeStyling, LogoBucket, LogoKey, FaviconBucket, FaviconKey, FooterLinks }: StackThemeProperties) {
  const links: ThemeFooterLink[] | undefined = FooterLinks === undefined ? undefined : JSON.parse(FooterLinks);
  return {
    StackName,
    TitleText,
    ThemeStyling,
    OrganizationLogoS3Location: { S3Bucket: LogoBucket, S3Key: LogoKey },
    FaviconS3Location: { S3Bucket: FaviconBucket, S3Key: FaviconKey },
    FooterLinks: links,
  };
}

/** Links that are left out stay. */
function withoutLinks({ FooterLinks }: StackThemeProperties, theme: Theme | undefined): { AttributesToDelete?: ['FOOTER_LINKS'] } {
  return FooterLinks === undefined && theme?.ThemeFooterLinks?.length ? { AttributesToDelete: ['FOOTER_LINKS'] } : {};
}
