import { aFleet, refusal, type SimulatedAppStream, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const CORP = 'corp.example.com';
const UNIT = 'OU=AppStream,DC=corp,DC=example,DC=com';
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/1a2b';

async function configured(): Promise<SimulatedAppStream> {
  const simulated = await simulateAppStream();
  await simulated.client.createDirectoryConfig({
    DirectoryName: CORP, OrganizationalUnitDistinguishedNames: [UNIT], ServiceAccountCredentials: { AccountName: 'CORP\\svc', AccountPassword: 'correct horse' },
  });
  return simulated;
}

const described = async ({ client }: SimulatedAppStream) => (await client.describeDirectoryConfigs({ DirectoryNames: [CORP] })).DirectoryConfigs![0];

test('a directory config is described without its password, which is a secret from then on', async () => {
  const simulated = await configured();
  expect(await described(simulated)).toEqual({
    DirectoryName: CORP,
    OrganizationalUnitDistinguishedNames: [UNIT],
    ServiceAccountCredentials: { AccountName: 'CORP\\svc', AccountPassword: '********' },
    CreatedTime: new Date(simulated.clock.now()),
  });
  expect(simulated.simulator.secrets()).toEqual(['correct horse']);
});

test('an update changes what it is given, and nothing else', async () => {
  const simulated = await configured();
  const { client } = simulated;
  await client.updateDirectoryConfig({ DirectoryName: CORP, CertificateBasedAuthProperties: { Status: 'ENABLED', CertificateAuthorityArn: AUTHORITY } });
  await client.updateDirectoryConfig({ DirectoryName: CORP, CertificateBasedAuthProperties: { Status: 'DISABLED' } });
  await client.updateDirectoryConfig({ DirectoryName: CORP, ServiceAccountCredentials: { AccountName: 'other', AccountPassword: 'battery staple' } });
  expect(await described(simulated)).toMatchObject({
    OrganizationalUnitDistinguishedNames: [UNIT],
    ServiceAccountCredentials: { AccountName: 'other' },
    CertificateBasedAuthProperties: { Status: 'DISABLED', CertificateAuthorityArn: AUTHORITY },
  });
  expect(simulated.simulator.secrets()).toEqual(['correct horse', 'battery staple']);
});

test('fleets join by it, and keep it from being deleted', async () => {
  const { client } = await configured();
  await client.createFleet(aFleet({ DomainJoinInfo: { DirectoryName: CORP, OrganizationalUnitDistinguishedName: UNIT } }));
  await expect(client.deleteDirectoryConfig({ DirectoryName: CORP })).rejects.toEqual(
    refusal('ResourceInUseException', `The directory config ${CORP} is in use by office.`),
  );
  await client.deleteFleet({ Name: 'office' });
  await client.deleteDirectoryConfig({ DirectoryName: CORP });
  expect((await client.describeDirectoryConfigs({})).DirectoryConfigs).toEqual([]);
});

test.each<[string, (simulated: SimulatedAppStream) => Promise<unknown>, string]>([
  ['a config twice', ({ client }) => client.createDirectoryConfig({ DirectoryName: CORP, OrganizationalUnitDistinguishedNames: [] }),
    'ResourceAlreadyExistsException'],
  ['an update of none', ({ client }) => client.updateDirectoryConfig({ DirectoryName: 'nowhere' }), 'ResourceNotFoundException'],
  ['certificates without an authority', ({ client }) => client.updateDirectoryConfig({
    DirectoryName: CORP, CertificateBasedAuthProperties: { Status: 'ENABLED' },
  }), 'OperationNotPermittedException'],
  ['what is no authority', ({ client }) => client.updateDirectoryConfig({
    DirectoryName: CORP, CertificateBasedAuthProperties: { Status: 'ENABLED', CertificateAuthorityArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' },
  }), 'InvalidParameterValueException'],
])('refuses %s', async (_, call, code) => {
  await expect(call(await configured())).rejects.toEqual(refusal(code));
});
