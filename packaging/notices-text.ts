import { compiledParts, type CompiledPart } from './compiled-parts.ts'
import type { ShippedData } from './shipped-data.ts'
import { licenceTexts, type ShippedPackage } from './shipped-packages.ts'
import { standardTexts } from './standard-texts.ts'

const rule = '\n\n' + '-'.repeat(100) + '\n\n'

/**
 * The notices that ship with the program: whose work is in it, under which licence, with every text. The same packages
 * give the same bytes.
 * @param packages those that are installed here are named; the others ship on other systems only
 */
export function noticesText(packages: readonly ShippedPackage[], data: readonly ShippedData[]): string {
  const present = packages.filter(({ folder }) => folder !== null)
  const head =
    'Understudy holds work of others. This file names each, its licence, and the licence’s own words.\n' +
    'Understudy itself is under the MIT licence: see LICENSE. Electron’s own third parties, where the program runs in\n' +
    'it, are named in LICENSES.chromium.html beside it.'
  return `${[head, ...present.map(packageNotice), ...data.map(dataNotice)].join(rule)}\n`
}

function packageNotice(shipped: ShippedPackage): string {
  const { name, version, licence, folder, repository, author } = shipped
  const title = [`${name} ${version}`, licence, repository].filter((line) => line !== '').join('\n')
  const own = folder === null ? [] : licenceTexts(folder).map(({ text }) => text)
  const texts = own.length > 0 ? own : [standardNotice(author || `the authors of ${name}`, licence)]
  const inside = (Object.hasOwn(compiledParts, name) ? compiledParts[name] : []).map(partNotice)
  return [title, ...texts, ...inside].join('\n\n')
}

const partNotice = ({ name, licence, source, copyright }: CompiledPart): string =>
  [
    `It holds ${name}: ${licence} (${source}).`,
    ...(copyright === undefined ? [] : [standardNotice(copyright, licence)]),
  ].join('\n\n')

function standardNotice(whose: string, licence: string): string {
  const copyright = /^copyright/i.test(whose) ? whose : `Copyright (c) ${whose}`
  const text = standardTexts[licence]
  return text === undefined
    ? `${copyright}\n\nThe text of ${licence}: https://spdx.org/licenses/${licence}.html`
    : `${copyright}\n\n${text}`
}

const dataNotice = ({ name, licence, text, source }: ShippedData): string =>
  text === null
    ? `${name}\n${licence}\nIts recordings and their conditions: ${source}`
    : `${name}\n${licence}\n\n${text}`
