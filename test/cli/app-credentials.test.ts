import { describe, expect, it } from '@jest/globals';
import { withCredentials } from '../../cli/app-credentials.ts';
import type { Ask } from '../../cli/ask.ts';
import { ConfigurationError } from '../../shared/errors.ts';

const VARIABLES = ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
const wrong = new ConfigurationError('credentials-wrong', "client id and client secret don't fit.");

/** A person who types these answers, one after the other. */
const typing = (...answers: string[]) => {
  const questions: string[] = [];
  const answer = (question: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve(answers.shift() ?? '');
  };
  const ask: Ask = {
    text: answer,
    secret: answer,
    choice: answer,
    confirm: () => Promise.reject(new Error('Not asked for.')),
  };
  return { ask, questions };
};

describe('credentials that Zoom refuses', () => {
  it('are asked for again: the secret alone, until it fits, and no variable is blamed', async () => {
    const { ask, questions } = typing('the-id', 'wrong', 'wrong again', ' right ');
    const told: string[] = [];

    const app = await withCredentials(
      VARIABLES,
      { environment: {}, ask, err: (text) => told.push(text) },
      (given) => (given.ZOOM_CLIENT_SECRET === 'right' ? Promise.resolve(given) : Promise.reject(wrong)),
    );

    expect(app).toEqual({ ZOOM_CLIENT_ID: 'the-id', ZOOM_CLIENT_SECRET: 'right' });
    expect(questions.map((question) => question.split(' ')[1])).toEqual(['ID', 'secret', 'secret', 'secret']);
    expect(told).toHaveLength(2);
    expect(told.join('')).not.toMatch(/ZOOM_|wrong/);
  });

  it('are not asked for where the secret came from the environment, or another thing is wrong', async () => {
    const { ask, questions } = typing('the-id', 'secret');
    const refused = (environment: Record<string, string>, error: Error) =>
      withCredentials(VARIABLES, { environment, ask, err: () => undefined }, () => Promise.reject(error));

    await expect(
      refused({ ZOOM_CLIENT_ID: 'id', ZOOM_CLIENT_SECRET: 'from-environment' }, wrong),
    ).rejects.toBe(wrong);
    expect(questions).toEqual([]);
    const inactive = new ConfigurationError('app-inactive', 'not activated');
    await expect(refused({}, inactive)).rejects.toBe(inactive);
    expect(questions).toHaveLength(2);
  });
});
