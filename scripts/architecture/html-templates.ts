import { Visitor, type TemplateLiteral } from 'oxc-parser';
import { parseSource } from './parsed-source.ts';

/** The templates of a file that carry one tag, `html` or `css`; each `${…}` of theirs reads `{}`. */
export function templatesOf(file: string, tag: 'html' | 'css'): readonly string[] {
  const found: TemplateLiteral[] = [];
  const visitor = new Visitor({
    TaggedTemplateExpression: ({ tag: called, quasi }) => {
      if (called.type === 'Identifier' && called.name === tag) found.push(quasi);
    },
  });
  visitor.visit(parseSource(file).program);
  return found.map(({ quasis }) => quasis.map(({ value }) => value.raw).join('{}'));
}

/** The words of a template that a person would read: what stands between its tags. */
export function literalTextOf(template: string): readonly string[] {
  const texts = template.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/<[^>]*>/g, '\n').split('\n');
  return texts.map((text) => text.replaceAll('{}', ' ').trim()).filter((text) => /\p{L}{2,}/u.test(text));
}
