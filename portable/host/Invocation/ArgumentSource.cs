namespace Navi.Portable.Host.Invocation;

/// <summary>Gives one parameter of a function its value for one invocation.</summary>
internal delegate object? ArgumentSource(PortableFunctionContext context);
