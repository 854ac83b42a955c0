import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'
import { sourceRoot } from './imports.ts'

/** A piece of text in the code that somebody may see or hear. */
export interface LiteralWords {
  readonly file: string
  readonly line: number
  readonly text: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Attributes and properties of components that carry no words: names of kinds, icons, styles and hooks of the page. */
const WORDLESS_ATTRIBUTES =
  /^(class|style|id|type|role|kind|size|icon|name|href|src|for|rel|tone|variant|width|height|d|viewBox|fill|stroke.*|transform|placement|align|mode|popover|spellcheck|autocomplete|lang|shape|method|slot|aria-(live|haspopup|orientation|controls|labelledby|describedby|hidden|current|relevant|atomic|autocomplete|owns|activedescendant|details|modal|sort)|data-.*)$/
const SPOKEN_ATTRIBUTES =
  /^(aria-(label|valuetext|roledescription|description|placeholder)|title|placeholder|alt|label|data-tip|words|valueText|text)$/

const hasLetters = (text: string): boolean => /\p{L}/u.test(text)
/** Text of a program's own kind (`zoom-in`, `aria-label`, `audio/wav`) has neither a space nor a capital in front. */
const readsAsWords = (text: string): boolean =>
  /\p{L}[\p{L}’',;:.!?%…)”]* +[\p{L}“(\d]/u.test(text) || /^\W*\p{Lu}\p{Ll}/u.test(text) || /\p{L}…/u.test(text)

/** Every literal text of a Svelte component or a TypeScript file that reads as words of a language. */
export function literalWordsOf(file: string): readonly LiteralWords[] {
  const text = readFileSync(join(sourceRoot, file), 'utf8')
  return literalWordsIn(text, file)
}

export function literalWordsIn(text: string, file: string): readonly LiteralWords[] {
  const prefix = file.endsWith('.svelte') ? '' : '<script lang="ts">'
  const source = prefix === '' ? text : `${prefix}${text}</script>`
  const found: LiteralWords[] = []
  const take = (node: Node, words: string): void => {
    const line = source.slice(0, node.start).split('\n').length
    found.push({ file, line, text: words.trim().replace(/\s+/g, ' ') })
  }
  visit(asNode(parse(source, { modern: true })), 'code', take)
  return found
}

// The tree of the compiler is plain objects with a type each; nothing more is asked of it.
const asNode = (tree: unknown): Node => tree as Node

type Place = 'code' | 'shown' | 'wordless'

function visit(node: Node, place: Place, take: (node: Node, words: string) => void): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ThrowStatement':
    case 'StyleSheet':
    case 'Comment':
      return
    case 'Text':
      if (place !== 'wordless' && hasLetters(String(node.data))) take(node, String(node.data))
      return
    case 'Literal':
      if (typeof node.value === 'string' && isShown(node.value, place)) take(node, node.value)
      return
    case 'TemplateElement': {
      const words = String((node.value as { raw: string }).raw) // a quasi's two forms, of which the raw one is plain
      if (isShown(words, place)) take(node, words)
      return
    }
    case 'ExpressionTag':
      return each(node, place === 'wordless' ? place : 'shown', take)
    case 'Attribute':
      return each(node, placeOf(String(node.name), place), take)
    case 'CallExpression':
    case 'NewExpression':
    case 'BinaryExpression':
    case 'MemberExpression':
    case 'SwitchCase':
    case 'ArrowFunctionExpression':
    case 'ObjectExpression':
      return each(node, place === 'wordless' ? place : 'code', take)
    default:
      if (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return
      return each(node, place, take)
  }
}

const placeOf = (attribute: string, place: Place): Place => {
  if (SPOKEN_ATTRIBUTES.test(attribute)) return 'shown'
  return WORDLESS_ATTRIBUTES.test(attribute) ? 'wordless' : place
}

const isShown = (text: string, place: Place): boolean =>
  place === 'shown' ? hasLetters(text) : place === 'code' && readsAsWords(text)

function each(node: Node, place: Place, take: (node: Node, words: string) => void): void {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'typeAnnotation' || key === 'typeArguments' || key === 'metadata' || key === 'parent') continue
    const children: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const child of children) if (isNode(child)) visit(child, place, take)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
