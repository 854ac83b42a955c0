import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { parseProject } from '../../shared/project/parse.ts'
import type { Project } from '../../shared/project/model.ts'
export const readProject = async (path: string) => parseProject(JSON.parse(await readFile(path, 'utf8')))
export const writeProject = async (path: string, document: Project) => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, JSON.stringify(document, null, 1))
}
export const mediaFolderOf = (path: string) => join(dirname(path), `${basename(path, extname(path))} media`)
