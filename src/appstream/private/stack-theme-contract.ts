/** What `StackTheme` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const STACK_THEME_TYPE = 'Custom::AppStreamStackTheme';

export interface StackThemeProperties {
  readonly StackName: string;
  /** Bears the mark of whose the theme is. */
  readonly StackArn: string;
  readonly TitleText: string;
  readonly ThemeStyling: 'LIGHT_BLUE' | 'BLUE' | 'PINK' | 'RED';
  readonly LogoBucket: string;
  readonly LogoKey: string;
  readonly FaviconBucket: string;
  readonly FaviconKey: string;
  /** JSON, as AppStream's own FooterLinks. */
  readonly FooterLinks?: string;
  readonly State: 'ENABLED' | 'DISABLED';
}
