import { describe, expect, it } from '@jest/globals';
import { withCredentials } from '../../cli/app-credentials.ts';
import type { Prompt } from '../../cli/prompt.ts';
import { ConfigurationError } from '../../shared/errors.ts';

const VARIABLES = ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;
const wrong = new ConfigurationError('credentials-wrong', "client id and client secret don't match.");

/** A prompt with these answers, one after the other. */
const typing = (...answers: string[]) => {
  const questions: string[] = [];
  const response = (question: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve(answers.shift() ?? '');
  };
  const request: Prompt = {
    text: response,
    secret: response,
    choice: response,
    confirm: () => Promise.reject(new Error('Not asked for.')),
  };
  return { request, questions };
};

describe('credentials that Zoom refuses', () => {
  it('prompt for the secret again until Zoom accepts it, without naming variables', async () => {
    const { request, questions } = typing('the-id', 'wrong', 'wrong again', ' right ');
    const recorded: string[] = [];

    const app = await withCredentials(
      VARIABLES,
      { environment: {}, prompt: request, stderr: (text) => recorded.push(text) },
      (given) => (given.ZOOM_CLIENT_SECRET === 'right' ? Promise.resolve(given) : Promise.reject(wrong)),
    );

    expect(app).toEqual({ ZOOM_CLIENT_ID: 'the-id', ZOOM_CLIENT_SECRET: 'right' });
    expect(questions.map((question) => question.split(' ')[1])).toEqual(['ID', 'secret', 'secret', 'secret']);
    expect(recorded).toHaveLength(2);
    expect(recorded.join('')).not.toMatch(/ZOOM_|wrong/);
  });

  it('do not prompt if the secret came from the environment, or for other errors', async () => {
    const { request, questions } = typing('the-id', 'secret');
    const refused = (environment: Record<string, string>, error: Error) =>
      withCredentials(VARIABLES, { environment, prompt: request, stderr: () => undefined }, () =>
        Promise.reject(error),
      );

    await expect(
      refused({ ZOOM_CLIENT_ID: 'id', ZOOM_CLIENT_SECRET: 'from-environment' }, wrong),
    ).rejects.toBe(wrong);
    expect(questions).toEqual([]);
    const inactive = new ConfigurationError('app-inactive', 'not activated');
    await expect(refused({}, inactive)).rejects.toBe(inactive);
    expect(questions).toHaveLength(2);
  });
});
