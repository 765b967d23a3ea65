import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { throughProxies } from '../shared/aws/through-proxies.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { proxiesFrom } from '../shared/model/proxies.ts';

/** The outputs of a deployed stack; undefined if there is none of that name. */
export const outputsOf = async (stackName: string): Promise<Record<string, string> | undefined> => {
  const proxies = proxiesFrom(process.env);
  try {
    const { Stacks: [stack] = [] } = await new CloudFormationClient(
      proxies ? throughProxies(proxies) : {},
    ).send(new DescribeStacksCommand({ StackName: stackName }));
    return Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw new ConfigurationError(
      'aws-credentials',
      `AWS did not return the state of the stack ${stackName} (${String(error)}). Log in to AWS, or set AWS_PROFILE, and AWS_REGION.`,
      { cause: error },
    );
  }
};
