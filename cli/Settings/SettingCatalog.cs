using System.Globalization;

namespace Navi.Cli.Settings;

/// <summary>Every setting of the command line.</summary>
internal static class SettingCatalog
{
    public static readonly Setting Url = new("url", "NAVI_URL", null, "The NAVI to talk to; without it a NAVI on this machine.", Address, "--url");

    public static readonly Setting Provider = new("provider", "NAVI_MODEL_PROVIDER", null, "Model provider of new tasks.", NotEmpty, "--provider");

    public static readonly Setting Mode = new("mode", "NAVI_MODE", null, "Mode of new tasks: auto, fast, deep or private.", OneOf("auto", "fast", "deep", "private"), "--mode");

    public static readonly Setting Output = new("output", "NAVI_OUTPUT", "text", "text, or json as if --json were given.", OneOf("text", "json"), "--json");

    public static readonly Setting NoColor = new("no_color", "NO_COLOR", "false", "No colours: true or false. NO_COLOR with any value means true.", OneOf("true", "false"), "--no-color");

    public static readonly Setting Pager = new("pager", "PAGER", "less -FRX", "Shows long diffs at a terminal; cat for none.", NotEmpty);

    public static readonly Setting Timeout = new("timeout_seconds", "NAVI_TIMEOUT_SECONDS", "30", "How long one request may take, from 1 to 600 seconds.", Whole(1, 600));

    public static readonly Setting Retry = new("retry_seconds", "NAVI_RETRY_SECONDS", "60", "How long an outage is waited out, from 0 to 86400 seconds.", Whole(0, 86_400));

    public static readonly Setting ClientId = new("client_id", "NAVI_CLIENT_ID", null, "The service client that signs in without a person, with NAVI_CLIENT_SECRET.", NotEmpty);

    public static readonly Setting ClientSecret = new("client_secret", "NAVI_CLIENT_SECRET", null, "The secret of the service client.", NotEmpty, IsSecret: true);

    public static readonly Setting Token = new("token", "NAVI_TOKEN", null, "A bearer token, used before any other way to sign in.", NotEmpty, IsSecret: true);

    public static IReadOnlyList<Setting> All { get; } = [Url, Provider, Mode, Output, NoColor, Pager, Timeout, Retry, ClientId, ClientSecret, Token];

    /// <exception cref="CliException">There is no such setting.</exception>
    public static Setting Find(string key) => All.FirstOrDefault(s => s.Key == key)
        ?? throw CliException.Usage($"There is no setting '{key}'. There are: {string.Join(", ", All.Select(s => s.Key))}.");

    private static string? Address(string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? null
        : "it must be an http or https address";

    private static string? NotEmpty(string value) => string.IsNullOrWhiteSpace(value) ? "it must not be empty" : null;

    private static Func<string, string?> OneOf(params string[] values) => value => values.Contains(value) ? null : $"it must be one of {string.Join(", ", values)}";

    private static Func<string, string?> Whole(int least, int most) => value =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? null : $"it must be a whole number from {least} to {most}";
}
