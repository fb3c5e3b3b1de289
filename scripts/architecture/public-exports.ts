import type { Directive, ExportNamedDeclaration, Statement } from 'oxc-parser';
import { posix } from 'node:path';
import { parseSource, type ParsedSource } from './parsed-source.ts';

/** The exports of a package's index that have no doc block where they are defined, as `file: name`. */
export function listUndocumentedExports(index: string): readonly string[] {
  return parseSource(index).exports.flatMap(({ exportName, importName, moduleRequest, localName }) => {
    const name = importName.name ?? localName.name ?? exportName.name ?? 'default';
    if (moduleRequest !== null) return isDocumentedIn(moduleRequest.value, index, name) ? [] : [`${index}: ${name}`];
    return hasDocBlock(parseSource(index), name) ? [] : [`${index}: ${name}`];
  });
}

/** Follows a re-export to the file that defines the name. What another package exports is judged there. */
function isDocumentedIn(path: string, from: string, name: string): boolean {
  if (!path.startsWith('.')) return true;
  const file = posix.join(posix.dirname(from), path);
  const source = parseSource(file);
  const passedOn = source.exports.find(({ exportName, moduleRequest }) => exportName.name === name && moduleRequest !== null);
  if (passedOn?.moduleRequest) return isDocumentedIn(passedOn.moduleRequest.value, file, passedOn.importName.name ?? name);
  return hasDocBlock(source, name);
}

function hasDocBlock({ program, comments, text }: ParsedSource, name: string): boolean {
  const defining = program.body.filter((statement) => namesDefinedBy(statement).includes(name));
  return defining.some(({ start }) =>
    comments.some((comment) => comment.value.startsWith('*') && comment.end <= start && text.slice(comment.end, start).trim() === ''),
  );
}

function namesDefinedBy(statement: Statement | Directive): readonly string[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration === null) return [];
  return namesDeclaredBy(declaration);
}

function namesDeclaredBy(declaration: NonNullable<ExportNamedDeclaration['declaration']> | Statement | Directive): readonly string[] {
  switch (declaration.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return declaration.id === null ? [] : [declaration.id.name];
    default:
      return [];
  }
}
