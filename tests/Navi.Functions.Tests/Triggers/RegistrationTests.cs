using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Testing;

namespace Navi.Functions.Tests.Triggers;

/// <summary>Under the Functions host nothing but NAVI's own registration makes the function classes, from settings as in the sample.</summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("navi-registration-").FullName;

    [Fact]
    public async Task Register_WithTheSampleSettings_MakesEveryFunctionClassAndMiddleware()
    {
        var worker = new Worker();
        NaviApplication.Register(worker.Services, Sample());
        NaviApplication.Use(worker);
        worker.Services.AddLogging();
        await using var services = worker.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await using var scope = services.CreateAsyncScope();

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.NotEmpty(FunctionClasses());
        Assert.All(FunctionClasses(), c => Assert.IsType(c, ActivatorUtilities.CreateInstance(scope.ServiceProvider, c)));
        Assert.All(Middleware(worker), m => Assert.IsAssignableFrom<IFunctionsWorkerMiddleware>(scope.ServiceProvider.GetRequiredService(m)));
        Assert.Equal(Middleware(worker).Count(), worker.Middleware);
    }

    [Fact]
    public void SampleSettings_Always_NameSettingsThatExist()
    {
        var services = new ServiceCollection();
        NaviApplication.Register(services, Sample());
        using var provider = services.AddLogging().BuildServiceProvider();
        var unknown = new List<string>();
        foreach (var setting in Sample().AsEnumerable().Where(s => s.Value is not null && s.Key.StartsWith("Navi:", StringComparison.Ordinal)))
        {
            var types = services.Select(d => d.ServiceType).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)).Select(t => t.GenericTypeArguments[0]).Distinct();
            var name = setting.Key[(setting.Key.LastIndexOf(':') + 1)..];
            if (!types.Any(t => t.GetProperty(name) is { } property && Equals(property.GetValue(Options(provider, t)), setting.Value)))
                unknown.Add(setting.Key);
        }

        Assert.Empty(unknown);
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    private static object Options(IServiceProvider provider, Type type)
    {
        var options = typeof(IOptions<>).MakeGenericType(type);
        return options.GetProperty("Value")!.GetValue(provider.GetRequiredService(options))!;
    }

    private static Type[] FunctionClasses() =>
        [.. typeof(NaviApplication).Assembly.GetTypes().Where(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Any(m => m.IsDefined(typeof(FunctionAttribute))))];

    private static IEnumerable<Type> Middleware(Worker worker) => worker.Services.Select(d => d.ServiceType).Where(t => t.IsAssignableTo(typeof(IFunctionsWorkerMiddleware)));

    /// <summary>The sample as environment variables would give it, with a home that this user may write to.</summary>
    private IConfiguration Sample()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "local.settings.sample.json")));
        var values = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name.Replace("__", ":", StringComparison.Ordinal), v => v.Value.GetString());
        Assert.True(values.ContainsKey("Navi:Home"));
        values["Navi:Home"] = home;
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private sealed class Worker : IFunctionsWorkerApplicationBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public int Middleware { get; private set; }

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
        {
            Middleware++;
            return this;
        }
    }
}
