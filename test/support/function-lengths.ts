import { fileURLToPath } from 'node:url';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

export interface FunctionLength {
  readonly file: string;
  readonly name: string;
  /** Its lines without those of the functions in it that have several. */
  readonly own: number;
  /** All of its lines. */
  readonly whole: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What runs on Node, and what runs in a browser. */
const PROJECTS = ['tsconfig.json', 'dev/console/tsconfig.json'];

/** The lengths of all functions in some files of this project, as the TypeScript parser sees them. */
export function functionLengths(files: readonly string[]): readonly FunctionLength[] {
  const api = new API({ cwd: root });
  try {
    const projects = PROJECTS.map((project) => {
      const [opened] = api.updateSnapshot({ openProject: `${root}${project}` }).getProjects();
      return opened;
    });
    return files.flatMap((file) => {
      const [source] = projects.flatMap((project) => project?.program.getSourceFile(root + file) ?? []);
      if (source === undefined) throw new Error(`${file} is not part of the TypeScript project`);
      return lengthsIn(source).map((length) => ({ file, ...length }));
    });
  } finally {
    api.close();
  }
}

function lengthsIn(source: SourceFile): readonly Omit<FunctionLength, 'file'>[] {
  const found: Omit<FunctionLength, 'file'>[] = [];
  const linesOf = (node: Node) => {
    const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line;
    return { first: lineAt(node.getStart(source)), last: lineAt(node.getEnd()) };
  };

  /** Gives the lines that functions in `node` take behind the one that each begins in. */
  function visit(node: Node): number {
    let nested = 0;
    node.forEachChild((child) => {
      nested += visit(child);
    });
    // Functions alone have parameters and a body.
    if (!('parameters' in node && 'body' in node) || node.body === undefined) return nested;
    const { first, last } = linesOf(node);
    const whole = last - first + 1;
    found.push({ name: nameOf(node, source), own: whole - nested, whole });
    return whole - 1;
  }
  visit(source);
  return found;
}

/** Its own name, or that of what it is given to. */
function nameOf(node: Node, source: SourceFile): string {
  const name = 'name' in node ? node.name : undefined;
  if (isNamed(name)) return name.getText(source);
  const { parent } = node;
  const given = parent !== undefined && 'name' in parent ? parent.name : undefined;
  return isNamed(given) ? given.getText(source) : 'a function';
}

function isNamed(name: unknown): name is Node {
  return typeof name === 'object' && name !== null && 'getText' in name;
}
