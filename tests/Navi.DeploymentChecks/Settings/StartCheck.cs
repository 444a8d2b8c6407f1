using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Functions;

namespace Navi.DeploymentChecks.Settings;

/// <summary>Asks NAVI itself whether it would start with a deployment's settings.</summary>
internal static class StartCheck
{
    /// <summary>What the start would refuse, in its own words, each naming the option; empty when it would start.</summary>
    /// <param name="variables">Environment variables with values of the kind that the deployment gives; those of other programs are passed over.</param>
    public static IReadOnlyList<string> Problems(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(variables.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        try
        {
            NaviApplication.Register(services, configuration);
            using var provider = services.BuildServiceProvider();
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.Flatten().InnerExceptions.SelectMany(i => i is OptionsValidationException o ? o.Failures : [i.Message])];
        }
        catch (InvalidOperationException e)
        {
            return [e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}"];
        }
    }
}
