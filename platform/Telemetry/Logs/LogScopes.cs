using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>Knows the scopes in which something is logged, and logs nothing: OpenTelemetry shows its processors the scopes of a record but does not let them change any, so NAVI reads them itself.</summary>
[ProviderAlias("NaviScopes")]
internal sealed class LogScopes : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? scopes;

    public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    /// <summary>What the scopes around the caller name, the outermost first and without secrets.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Read()
    {
        var named = new List<KeyValuePair<string, object?>>();
        scopes?.ForEachScope(
            static (scope, all) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> values)
                    all.AddRange(values.Where(v => v.Key != LogValues.Template && v.Value is not null).Select(v => new KeyValuePair<string, object?>(v.Key, LogValues.Clean(v.Key, v.Value))));
            }, named);
        return named;
    }

    public void Dispose()
    {
    }
}
