import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { failure, FailureError } from '../../../shared/base/errors.ts'
import { openFolderStore } from './folder-store.ts'
import type { ObjectStore } from './object-store.ts'
import { openS3Store, type S3Place } from './s3-store.ts'

/** Written at every opening: whoever may not write, or reaches nothing, is told at the start and not by the first job. */
const GREETING = 'store.json'
const greeting = new TextEncoder().encode(`${JSON.stringify({ kind: 'understudy-store' })}\n`)

/**
 * Opens where bytes lie that several machines share, and tries it by writing a small object.
 *
 * @param address `/path`, `C:\path`, `file://…`: a folder that exists; `s3://bucket/prefix`: a bucket of Amazon S3 or,
 * with UNDERSTUDY_S3_ENDPOINT (or AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL), of any S3-compatible server. Region and
 * credentials come from the usual AWS_* variables, or from where Amazon's own programs find them.
 * @throws FailureError store-address-invalid, store-unreachable (no such folder, no answer), store-refused (credentials,
 * bucket, region), folder-read-only, disk-full
 */
export async function openStore(address: string, environment: NodeJS.ProcessEnv = process.env): Promise<ObjectStore> {
  const s3 = parseS3Address(address, environment)
  const store = await (s3 ? openS3Store(s3, environment) : openFolderStore(parseFolder(address)))
  try {
    await store.write(GREETING, greeting)
    return store
  } catch (error) {
    store.close()
    throw error
  }
}

function parseFolder(address: string): string {
  const folder = /^file:/i.test(address) ? folderOfUrl(address) : address
  if (folder === null || !isAbsolute(folder))
    throw invalid(
      `“${withoutCredentials(address)}” is no address of a store on this machine.`,
      'Give the whole path of a folder, or s3://bucket/prefix with the server in UNDERSTUDY_S3_ENDPOINT.',
    )
  return folder
}

function folderOfUrl(address: string): string | null {
  try {
    return fileURLToPath(address)
  } catch {
    return null // another host, or no URL at all
  }
}

function parseS3Address(address: string, environment: NodeJS.ProcessEnv): S3Place | null {
  const path = /^s3:\/\/(.*)$/is.exec(address)?.[1]
  if (path === undefined) return null
  const [bucket, ...segments] = path.replace(/\/+$/, '').split('/')
  const isBucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)
  if (!isBucket || segments.some((segment) => !/^[\w-]+(\.[\w-]+)*$/.test(segment)))
    throw invalid(
      `“${withoutCredentials(address)}” names no bucket with a plain path in it.`,
      'Write s3://bucket/prefix: the bucket in small letters, digits, dots and hyphens, the prefix in letters, digits, dots, hyphens and underscores. Credentials belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    )
  return { bucket, prefix: segments.join('/'), endpoint: endpointOf(environment) }
}

function endpointOf(environment: NodeJS.ProcessEnv): URL | null {
  const name = ['UNDERSTUDY_S3_ENDPOINT', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].find((each) => environment[each])
  if (name === undefined) return null
  const written = environment[name] ?? ''
  const endpoint = URL.canParse(written) ? new URL(written) : null
  const isFine =
    endpoint !== null && /^https?:$/.test(endpoint.protocol) && endpoint.username + endpoint.password === ''
  if (!isFine)
    throw invalid(
      `${name} is “${withoutCredentials(written)}”, which is no address of a server.`,
      `Set ${name} to https://…, with the port where it is another one, and without credentials.`,
    )
  return endpoint
}

const invalid = (message: string, remedy: string) => new FailureError(failure('store-address-invalid', message, remedy))

/** What stands before an @ may be a name and a password, and is nothing to repeat. */
const withoutCredentials = (address: string) => address.replace(/^([a-z0-9]*:\/\/)?.*@/is, '$1…@')
