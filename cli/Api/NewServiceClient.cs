namespace Navi.Cli.Api;

/// <summary>Body of POST /v1/clients.</summary>
internal sealed record NewServiceClient(string Name, IReadOnlyList<string> Roles);
