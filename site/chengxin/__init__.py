"""The public integrity platform for human-resources agencies (人力资源服务机构诚信平台)."""
