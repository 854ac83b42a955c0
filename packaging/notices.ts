import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { noticesText } from './notices-text.ts'
import { shippedData } from './shipped-data.ts'
import { shippedPackages } from './shipped-packages.ts'

/** The last step of a build: the notices of others' work lie in what ships. */
const rootFolder = resolve(import.meta.dirname, '..')
writeFileSync(
  join(rootFolder, 'out', 'THIRD-PARTY.txt'),
  noticesText(shippedPackages(rootFolder), shippedData(rootFolder)),
)
