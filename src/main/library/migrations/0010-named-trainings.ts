import type { Migration } from './migration.ts'

/**
 * What a training is known by stands with its job: until now it stood in its request alone. A training without a
 * readable request stays without: it cannot go on.
 */
export const namedTrainingsMigration: Migration = {
  name: '0010-named-trainings',
  sql: `
    UPDATE jobs SET job = json_set(job, '$.training', json_object(
      'names', json((
        SELECT json_group_array(name) FROM (
          SELECT json_extract(request, '$.name') AS name
          UNION ALL SELECT json_extract(value, '$.name') FROM json_each(request, '$.beside')
        )
      )),
      'method', CASE json_extract(job, '$.subject.kind')
        WHEN 'vocoder' THEN 'source-filter'
        WHEN 'emotion' THEN coalesce(json_extract(request, '$.plan.method'), 'relgan')
        ELSE iif(json_type(request, '$.waveform') IS NULL, 'spectral-autoencoder', 'waveform')
      END
    ))
    WHERE kind = 'train' AND json_valid(job)
      AND CASE WHEN json_valid(request) THEN json_type(request, '$.name') = 'text' END;
  `,
}
