import { createRequire } from 'node:module';
import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

const recommendedFlags = createRequire(import.meta.url)(
  'aws-cdk-lib/recommended-feature-flags.json',
) as Record<string, unknown>;

/** A CDK app with the recommended feature flags of this CDK version, checked by cdk-nag's AwsSolutions. */
export const createApp = ({ context, ...props }: AppProps = {}): App => {
  const app = new App({ ...props, context: { ...recommendedFlags, ...context } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
};
