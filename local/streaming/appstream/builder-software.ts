import type {
  AssociateSoftwareToImageBuilderRequest, DescribeSoftwareAssociationsRequest, DescribeSoftwareAssociationsResult,
  DisassociateSoftwareFromImageBuilderRequest, SoftwareDeploymentStatus, StartSoftwareDeploymentToImageBuilderRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, BuilderRecord } from './account';
import { page } from '../pagination';

/**
 * Licence-included software on image builders: staged by its association, and installed or removed by a deployment.
 * The states are modelled; that staging and deploying take a running builder is inferred.
 */
export function builderSoftwareOperations(account: AppStreamAccount) {
  const on = ({ software }: BuilderRecord): BuilderRecord['software'] => {
    [...software].filter(([, { now }]) => now === 'GONE').forEach(([name]) => software.delete(name));
    return software;
  };

  const running = (name: string): BuilderRecord['software'] => {
    const builder = account.builder(name);
    if (builder.state.now !== 'RUNNING') {
      account.refuse('OperationNotPermittedException', `The image builder ${name} is not running.`);
    }
    return on(builder);
  };

  return {
    AssociateSoftwareToImageBuilder({ ImageBuilderName, SoftwareNames }: AssociateSoftwareToImageBuilderRequest): object {
      const known = running(ImageBuilderName!);
      const twice = SoftwareNames!.find((name) => known.has(name) && known.get(name)!.now !== 'STAGED_FOR_UNINSTALLATION');
      if (twice !== undefined) {
        // Inferred.
        account.refuse('OperationNotPermittedException', `The software ${twice} is associated with the image builder ${ImageBuilderName} already.`);
      }
      SoftwareNames!.forEach((name) => known.set(name, account.timed<SoftwareDeploymentStatus | 'GONE'>('STAGED_FOR_INSTALLATION')));
      return {};
    },

    DisassociateSoftwareFromImageBuilder({ ImageBuilderName, SoftwareNames }: DisassociateSoftwareFromImageBuilderRequest): object {
      const known = running(ImageBuilderName!);
      for (const name of SoftwareNames!) {
        const status = known.get(name)
          ?? account.refuse('ResourceNotFoundException', `The software ${name} is not associated with the image builder ${ImageBuilderName}.`);
        if (status.now.startsWith('PENDING')) {
          // Inferred: an installer ends what it has begun.
          account.refuse('OperationNotPermittedException', `The software ${name} is ${status.now}.`);
        }
        // Inferred: what is only staged is taken off at once.
        status.enter(status.now === 'STAGED_FOR_INSTALLATION' ? 'GONE' : 'STAGED_FOR_UNINSTALLATION');
      }
      return {};
    },

    StartSoftwareDeploymentToImageBuilder({ ImageBuilderName, RetryFailedDeployments }: StartSoftwareDeploymentToImageBuilderRequest): object {
      for (const [name, status] of running(ImageBuilderName!)) {
        const { now } = status;
        const after = account.durations.softwareDeployment;
        const fails = account.script.takeFailingImage(name) !== undefined;
        if (now === 'STAGED_FOR_INSTALLATION' || (now === 'FAILED_TO_INSTALL' && RetryFailedDeployments)) {
          status.enter('PENDING_INSTALLATION', { to: fails ? 'FAILED_TO_INSTALL' : 'INSTALLED', after });
        }
        if (now === 'STAGED_FOR_UNINSTALLATION' || (now === 'FAILED_TO_UNINSTALL' && RetryFailedDeployments)) {
          status.enter('PENDING_UNINSTALLATION', { to: fails ? 'FAILED_TO_UNINSTALL' : 'GONE', after });
        }
      }
      return {};
    },

    DescribeSoftwareAssociations(input: DescribeSoftwareAssociationsRequest): DescribeSoftwareAssociationsResult {
      const { AssociatedResource, MaxResults, NextToken } = input;
      const builder = [...account.builders.values()].find(({ settings }) => settings.Arn === AssociatedResource)
        ?? account.refuse('ResourceNotFoundException', `The resource ${AssociatedResource} does not exist.`);
      const { items, ...rest } = page([...on(builder)], MaxResults || account.pageSize, NextToken);
      return {
        AssociatedResource,
        SoftwareAssociations: items.map(([SoftwareName, { now }]) => ({
          SoftwareName,
          Status: now as SoftwareDeploymentStatus,
          DeploymentError: now.startsWith('FAILED') ? [{ ErrorCode: 'DEPLOYMENT_FAILED', ErrorMessage: 'The installer failed' }] : [],
        })),
        ...rest,
      };
    },
  };
}
