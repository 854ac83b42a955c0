import { LARGEST_DOMAIN_FILE_BYTES, readDomainFile, type DomainFile } from '../../../shared/formats/domain-file.ts'
import { readModel } from './read-model.ts'

/** Loads a trained domain. Throws FailureError `file-missing`, `checkpoint-invalid`. */
export const loadDomain = (path: string): DomainFile =>
  readModel(path, { what: 'domain', largestBytes: LARGEST_DOMAIN_FILE_BYTES, read: readDomainFile })
