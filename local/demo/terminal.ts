/** Where the demo writes. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Style = keyof typeof STYLES;

/** A terminal with lines that stay, and below them a board that is drawn anew; without a person before it, only the lines. */
export class Terminal {
  public readonly interactive: boolean;
  private boardHeight = 0;

  constructor(private readonly output: Output, environment: NodeJS.ProcessEnv) {
    this.interactive = Boolean(output.isTTY) && !environment.CI && !environment.NO_COLOR && environment.TERM !== 'dumb';
  }

  public style(style: Style, text: string): string {
    const [on, off] = STYLES[style];
    return this.interactive ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }

  /** Writes lines that stay. */
  public print(...lines: string[]): void {
    this.board();
    this.output.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Replaces the board; without lines, takes it away. */
  public board(...lines: string[]): void {
    if (!this.interactive) {
      return;
    }
    const erase = this.boardHeight > 0 ? `\u001b[${this.boardHeight}A\u001b[0J` : '';
    const width = (this.output.columns || 80) - 1;
    this.output.write(erase + lines.map((line) => `${clipped(line, width)}\n`).join(''));
    this.boardHeight = lines.length;
  }
}

/** A line that wraps would count as one and take two. What sets the style takes no room, and must not be lost. */
function clipped(line: string, width: number): string {
  let room = width;
  // eslint-disable-next-line no-control-regex
  return line.replace(/\u001b\[\d+m|./gu, (token) => token.startsWith('\u001b') || (room -= 1) >= 0 ? token : '');
}
