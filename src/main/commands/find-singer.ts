import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Singer } from '../../shared/contract/library.ts'
import type { Application } from '../application.ts'
import { request } from './request.ts'

/** The singer of that name or id, in whatever case; without a name the only one that did not come with the program. */
export async function findSinger(application: Application, name: string | undefined): Promise<Singer> {
  const singers = await request(application, 'singer:list', {})
  const wanted = name?.trim().toLowerCase()
  const own = singers.filter(({ origin }) => origin !== 'shipped')
  const found =
    wanted === undefined
      ? own.filter(() => own.length === 1)
      : singers.filter((singer) => singer.id === wanted || singer.name.toLowerCase() === wanted)
  if (found.length > 0) return found[0]
  throw new FailureError(
    failure(
      'singer-unknown',
      wanted === undefined ? 'It must be said which singer sings.' : `There is no singer “${name}”.`,
      singers.length === 0
        ? 'Train one with "understudy singer train", or import one with "understudy singer import".'
        : `Singers here: ${singers.map((singer) => singer.name).join(', ')}.`,
    ),
  )
}
