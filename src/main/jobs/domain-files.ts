import { existsSync } from 'node:fs'
import type { DomainId } from '../../shared/base/id.ts'
import type { TrainedDomain } from '../../shared/contract/domains.ts'
import { LARGEST_DOMAIN_FILE_BYTES, readDomainFile, type StoredDomain } from '../../shared/formats/domain-file.ts'
import { HUE_COUNT } from '../../shared/project/hues.ts'
import { discardModel, modelLibrary, modelWorkFolder, type Home } from './model-library.ts'

const library = modelLibrary<DomainId, StoredDomain>(
  { what: 'domain', largestBytes: LARGEST_DOMAIN_FILE_BYTES, read: readDomainFile },
  ({ card }) => card.name,
)

export const domainPath = library.pathOf
/** Reads any domain's file. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export const readDomain = library.read

/** Of domains that learn together: the first one's. */
export const domainWorkFolder = (domainIds: readonly DomainId[], home: Home): string =>
  modelWorkFolder('domain', domainIds[0], home)

/** Every domain that can be read, by name; one that is broken is left out. */
export async function listDomains(home: Home): Promise<readonly TrainedDomain[]> {
  return (await library.list(home)).map(({ id, file }) => describeDomain(id, file))
}

export function describeDomain(id: DomainId, { card, model, digest }: StoredDomain): TrainedDomain {
  const { software: _software, engine: _engine, ...told } = card
  const { hasPitch } = model.config
  return { id, ...told, converter: 'translation', digest, hasPitch, hueIndex: hueOf(id) }
}

/** One of the hues, the same wherever the domain is shown: its file has none, and no table knows it. */
const hueOf = (id: DomainId): number =>
  [...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % HUE_COUNT

/** Null where there is none of this id. Throws FailureError `checkpoint-invalid`. */
export const findDomainFile = async (id: DomainId, home: Home): Promise<StoredDomain | null> =>
  existsSync(domainPath(id, home)) ? readDomain(domainPath(id, home)) : null

/** Forgets domains that learned together, and what their training left. */
export async function discardDomains(domainIds: readonly DomainId[], home: Home): Promise<void> {
  for (const id of domainIds) await discardModel(domainPath(id, home), domainWorkFolder(domainIds, home))
}
