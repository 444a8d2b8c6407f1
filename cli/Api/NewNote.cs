namespace Navi.Cli.Api;

/// <summary>What somebody says of a group of errors.</summary>
internal sealed record NewNote(string? Note);
