import type {
  AuthenticationType, BatchAssociateUserStackRequest, BatchAssociateUserStackResult, BatchDisassociateUserStackRequest,
  BatchDisassociateUserStackResult, CreateUserRequest, DescribeUsersRequest, DescribeUsersResult, DescribeUserStackAssociationsRequest,
  DescribeUserStackAssociationsResult, UserStackAssociation, UserStackAssociationError,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, UserRecord } from './account';
import { page } from '../pagination';

/** The most that the model's list takes, although a MaxResults may ask for more. */
const LONGEST_LIST = 25;

type Named = { readonly UserName?: string; readonly AuthenticationType?: AuthenticationType };

/**
 * The user pool of the account and Region, by e-mail addresses, whose case counts:
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/user-pool-admin.html
 */
export function userPoolOperations(account: AppStreamAccount) {
  /** Whoever signs in in another way is no user of the pool. */
  const find = ({ UserName, AuthenticationType }: Named): UserRecord => {
    const user = AuthenticationType === 'USERPOOL' ? account.users.get(UserName!) : undefined;
    return user ?? account.refuse('ResourceNotFoundException', `The user ${UserName} does not exist.`);
  };
  const enable = (input: Named, Enabled: boolean): object => {
    const user = find(input);
    account.users.set(user.UserName, { ...user, Enabled });
    return {};
  };

  return {
    CreateUser({ UserName, AuthenticationType, MessageAction, FirstName, LastName }: CreateUserRequest): object {
      const name = UserName!;
      if (AuthenticationType !== 'USERPOOL') {
        account.refuseCombination('AuthenticationType must be USERPOOL.');
      }
      if (!/^[^\s@]+@[^\s@]+$/.test(name)) {
        // Inferred: the API's text calls it an e-mail address.
        account.refuse('InvalidParameterValueException', `The user name ${name} is not an email address.`);
      }
      if (MessageAction === 'RESEND') {
        return resend(account, name, FirstName ?? LastName);
      }
      if (account.users.has(name)) {
        account.refuse('ResourceAlreadyExistsException', `The user ${name} already exists.`);
      }
      account.users.set(name, {
        Arn: account.arn('user', name),
        UserName: name,
        AuthenticationType,
        FirstName,
        LastName,
        Enabled: true,
        Status: 'UNCONFIRMED',
        CreatedTime: account.now(),
      });
      account.mails.push(...MessageAction === 'SUPPRESS' ? [] : [`welcome to ${name}`]);
      return {};
    },

    DeleteUser(input: Named): object {
      const { UserName } = find(input);
      account.users.delete(UserName);
      // Inferred.
      account.userAssociations.delete(UserName);
      return {};
    },

    // Neither declares an error for a user who is so already.
    EnableUser: (input: Named): object => enable(input, true),
    DisableUser: (input: Named): object => enable(input, false),

    DescribeUsers({ AuthenticationType, MaxResults, NextToken }: DescribeUsersRequest): DescribeUsersResult {
      if (AuthenticationType !== 'USERPOOL') {
        account.refuseCombination('AuthenticationType must be USERPOOL.');
      }
      const { items, ...rest } = page([...account.users.values()], MaxResults || account.pageSize, NextToken);
      return { Users: items, ...rest };
    },

    BatchAssociateUserStack({ UserStackAssociations }: BatchAssociateUserStackRequest): BatchAssociateUserStackResult {
      return answer(UserStackAssociations!.flatMap((association) => {
        const error = errorOf(account, association);
        if (error) {
          return [error];
        }
        const { StackName, UserName, SendEmailNotification } = association;
        checkNoDomain(account, StackName!);
        account.userAssociations.set(UserName!, new Set([...stacksOf(account, UserName!), StackName!]));
        account.mails.push(...SendEmailNotification ? [`stack ${StackName} to ${UserName}`] : []);
        return [];
      }));
    },

    BatchDisassociateUserStack({ UserStackAssociations }: BatchDisassociateUserStackRequest): BatchDisassociateUserStackResult {
      return answer(UserStackAssociations!.flatMap((association) => {
        const error = errorOf(account, association);
        // Of two that are not associated nothing is said: no error code fits (inferred).
        account.userAssociations.get(association.UserName!)?.delete(association.StackName!);
        return error ? [error] : [];
      }));
    },

    DescribeUserStackAssociations(
      { StackName, UserName, AuthenticationType, MaxResults, NextToken }: DescribeUserStackAssociationsRequest,
    ): DescribeUserStackAssociationsResult {
      // The API's text: by the stack, by the user together with the authentication type, or by all of them.
      if ((StackName === undefined && UserName === undefined) || (UserName === undefined) !== (AuthenticationType === undefined)) {
        account.refuseCombination('Specify StackName, or UserName and AuthenticationType, or all of them.');
      }
      const all = [...account.userAssociations].flatMap(([user, stacks]) => [...stacks].map((stack): UserStackAssociation => ({
        StackName: stack, UserName: user, AuthenticationType: 'USERPOOL',
      })));
      const found = all.filter((each) => (StackName ?? each.StackName) === each.StackName && (UserName ?? each.UserName) === each.UserName);
      const { items, ...rest } = page(found, Math.min(MaxResults || account.pageSize, LONGEST_LIST), NextToken);
      // The model's list has at least one entry, so without any there is no list (inferred).
      return { ...items.length > 0 && { UserStackAssociations: items }, ...rest };
    },
  };
}

/** The names are not to be given then: the API's text. The code for a user who is not there is inferred: ResourceNotFoundException is not declared. */
function resend(account: AppStreamAccount, name: string, given: string | undefined): object {
  if (given !== undefined) {
    account.refuseCombination('FirstName and LastName cannot be specified with RESEND.');
  }
  if (!account.users.has(name)) {
    account.refuse('OperationNotPermittedException', `The user ${name} does not exist.`);
  }
  account.mails.push(`welcome to ${name}`);
  return {};
}

function stacksOf(account: AppStreamAccount, userName: string): Iterable<string> {
  return account.userAssociations.get(userName) ?? [];
}

/** What is wrong with one of many stands in an answer that is otherwise a success. Which code is for another authentication type is inferred. */
function errorOf(account: AppStreamAccount, association: UserStackAssociation): UserStackAssociationError | undefined {
  const { StackName, UserName, AuthenticationType } = association;
  const error = (ErrorCode: UserStackAssociationError['ErrorCode'], ErrorMessage: string) => ({ UserStackAssociation: association, ErrorCode, ErrorMessage });
  if (AuthenticationType !== 'USERPOOL') {
    return error('DIRECTORY_NOT_FOUND', 'AuthenticationType must be USERPOOL.');
  }
  if (!account.stacks.has(StackName!)) {
    return error('STACK_NOT_FOUND', `The stack ${StackName} does not exist.`);
  }
  return account.users.has(UserName!) ? undefined : error('USER_NAME_NOT_FOUND', `The user ${UserName} does not exist.`);
}

/** https://docs.aws.amazon.com/appstream2/latest/APIReference/API_BatchAssociateUserStack.html; the code is inferred. */
function checkNoDomain(account: AppStreamAccount, stackName: string): void {
  const fleetName = account.associations.get(stackName);
  if (fleetName !== undefined && account.fleet(fleetName).settings.DomainJoinInfo?.DirectoryName) {
    account.refuse('OperationNotPermittedException', `Users of the user pool cannot be assigned to the stack ${stackName}, whose fleet is joined to a domain.`);
  }
}

function answer(errors: UserStackAssociationError[]): { errors?: UserStackAssociationError[] } {
  return errors.length > 0 ? { errors } : {};
}
