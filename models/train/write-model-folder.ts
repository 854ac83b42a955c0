import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A model's file as the program ships it, with a manifest of the facts and its digest; the card is written by hand. */
export function writeModelFolder(folder: string, modelPath: string, facts: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true })
  copyFileSync(modelPath, join(folder, 'model.safetensors'))
  const sha256 = createHash('sha256').update(readFileSync(modelPath)).digest('hex')
  const manifest = { ...facts, card: 'CARD.md', sha256 }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  process.stdout.write(`Written to ${folder}\n`)
}
